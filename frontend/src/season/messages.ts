import { defineMessages } from '../i18n/messages'

export const seasonMessages = defineMessages(
  {
    title: '头一季正在赶排',
    text: '后台在写、在画、在录。排好一集就上一集，你不必守着。',
    count: '已上演 {done} 集，共 {total} 集',
    untitled: '还没有名字的戏',
    stateWaiting: '候场',
    stateMaking: '排演中',
    stateChecking: '审看中',
    stateShown: '已上演',
    stateFailed: '没排成',
    stepOf: '{done}/{total}',
  },
  {
    title: 'The first season is in rehearsal',
    text: 'Backstage they write, draw and record. Each episode opens when it is ready; no need to wait here.',
    count: '{done} of {total} {total#episode|episodes} on stage',
    untitled: 'A play without a name yet',
    stateWaiting: 'Waiting',
    stateMaking: 'In rehearsal',
    stateChecking: 'Being checked',
    stateShown: 'On stage',
    stateFailed: 'Did not work out',
    stepOf: '{done}/{total}',
  },
)
