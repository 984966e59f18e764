import { defineMessages } from '../i18n/messages'

export const uiMessages = defineMessages(
  {
    close: '关闭',
    retry: '再试一次',
    loading: '点灯中',
    aiLabel: 'AI 标识：{text}',
    aboutLabel: '这个标识是什么？',
    requestId: '查询号 {id}',
    filed: '备案号',
    filedDemo: '演示编号，非真实备案',
  },
  {
    close: 'Close',
    retry: 'Try again',
    loading: 'Lighting the lamp',
    aiLabel: 'AI label: {text}',
    aboutLabel: 'What does this label mean?',
    requestId: 'Reference {id}',
    filed: 'Filing number',
    filedDemo: 'Demo number, not a real filing',
  },
)
