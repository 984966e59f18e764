/**
 * What the feed says only when something is opened or over; it comes with those parts, not with the
 * first load.
 */
import { defineMessages } from '../i18n/messages'

export const feedDetailMessages = defineMessages(
  {
    whyNone: '没有用到你的看片记录：这是此刻馆里正在上演的。',
    whyRefs: '和这些有关',
    whyNotPersonal: '这一集没有用到你的口味：也许记录还少，也许你关掉了个性化。',
    whySimulated: '示范馆里的观众是模拟的：凡由他们得来的推荐，都不是真人看出来的。',
    whyMore: '推荐是怎样算的',
    whySettings: '调整我的口味',
    end: '今晚的戏到这儿',
    endText: '你把此刻能演的都看完了。',
    toTheatre: '去剧场逛逛',
    fromTop: '回到开头',
    emptyTitle: '台上还没有戏',
    emptyText: '还没有一部通过审看、备了案的戏。你可以写下第一部。',
    write: '去写一部',
    followingEmptyTitle: '还没有追的戏',
    followingEmptyText: '收藏一部戏，或关注一位作者，新的一集会先到这里。',
    toFeed: '去看此刻',
    newShown: '新的一集上演了：《{title}》',
    watchNow: '现在看',
  },
  {
    whyNone: 'Nothing you watched was used: this is what the house is showing now.',
    whyRefs: 'It has to do with',
    whyNotPersonal:
      'Your tastes were not used here: little is on record yet, or you switched that off.',
    whySimulated:
      'The audience of this demo house is simulated: no real people stand behind its recommendations.',
    whyMore: 'How recommendation works',
    whySettings: 'Adjust my tastes',
    end: 'That is all for tonight',
    endText: 'You have seen everything that is on.',
    toTheatre: 'Look around the theatre',
    fromTop: 'Back to the start',
    emptyTitle: 'The stage is still empty',
    emptyText: 'No play has been checked and filed yet. You could write the first one.',
    write: 'Write one',
    followingEmptyTitle: 'You follow nothing yet',
    followingEmptyText: 'Keep a play or follow its maker, and new episodes come here first.',
    toFeed: 'Watch what is on now',
    newShown: 'A new episode is on: “{title}”',
    watchNow: 'Watch now',
  },
)
