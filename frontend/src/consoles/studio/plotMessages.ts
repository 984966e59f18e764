import { defineMessages, useMessages } from '../../i18n/messages'

/** The steps that the engine builds plots of. */
export const plotMessages = defineMessages(
  {
    hook: '钩子',
    setup: '铺垫',
    aside: '旁白',
    meeting: '相遇',
    bond: '结缘',
    gift: '赠物',
    promise: '许诺',
    secret: '秘密',
    warning: '警告',
    haunting: '显灵',
    temptation: '诱惑',
    betrayal: '背叛',
    discovery: '发现',
    confrontation: '对峙',
    oath: '立誓',
    threat: '威胁',
    sacrifice: '牺牲',
    parting: '离别',
    reunion: '重逢',
    reversal: '反转',
    cliffhanger: '悬念',
    resolution: '了结',
    telling: '讲述',
  },
  {
    hook: 'hook',
    setup: 'setup',
    aside: 'aside',
    meeting: 'meeting',
    bond: 'bond',
    gift: 'gift',
    promise: 'promise',
    secret: 'secret',
    warning: 'warning',
    haunting: 'haunting',
    temptation: 'temptation',
    betrayal: 'betrayal',
    discovery: 'discovery',
    confrontation: 'confrontation',
    oath: 'oath',
    threat: 'threat',
    sacrifice: 'sacrifice',
    parting: 'parting',
    reunion: 'reunion',
    reversal: 'reversal',
    cliffhanger: 'cliffhanger',
    resolution: 'resolution',
    telling: 'telling',
  },
)

const known = (operator: string): operator is keyof (typeof plotMessages)['zh'] =>
  operator in plotMessages.zh

/** A plot step's name; one that this page does not know stays as it is. */
export function useOperatorLabel(): (operator: string) => string {
  const t = useMessages(plotMessages)
  return (operator) => (known(operator) ? t(operator) : operator)
}
