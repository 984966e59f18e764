import { defineMessages } from '../i18n/messages'

export const catalogMessages = defineMessages(
  {
    episodes: '选集',
    branches: '有支线',
    episodesOf: '《{title}》的各集',
    keys: '键盘：J/↓ 下一部　K/↑ 上一部　空格 停/放　←→ 快慢 5 秒　M 声音　L 收藏　C 评论　D 弹幕　F 全屏',
    episodeCount: '{n} 集',
    branching: '有支线',
  },
  {
    episodes: 'Episodes',
    branches: 'branching',
    episodesOf: 'Episodes of “{title}”',
    keys: 'Keys: J/↓ next · K/↑ previous · Space pause · ←→ 5 s · M sound · L keep · C comments · D danmaku · F full screen',
    episodeCount: '{n} {n#episode|episodes}',
    branching: 'branching',
  },
)
