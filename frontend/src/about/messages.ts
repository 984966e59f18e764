import { defineMessages } from '../i18n/messages'

export const aboutMessages = defineMessages(
  {
    recTitle: '推荐是怎样算的',
    recIntro: '此刻的次序由程序排出。它看三样东西，不看你是谁：',
    recWatched: '你看了什么',
    recWatchedText:
      '看完、重看、跳过、收藏、「不感兴趣」。每一下都立刻算进去，翻到下一屏就能看出来。程序把看法相近的观众与戏放在同一张图上（交替最小二乘），离你近的先上。',
    recWork: '戏本身',
    recWorkText: '类型、剧情与文字。新戏没人看过，也凭这个有机会上台。',
    recMix: '留一点意外',
    recMixText: '同一位作者、同一个类型不会连着排；总有几席给不熟的戏。看过和挥手送走的不再回来。',
    recNot: '不用的东西',
    recNotText:
      '不用你的年龄、性别、位置、通讯录，也不向别处买。没有通过审看、标识与备案的戏，任何推荐都排不上。',
    recRights: '由你定',
    recRightsText:
      '每一集都可以问「为什么」。口味可以看，可以一条条删；可以关掉个性化，也可以整个关掉推荐。',
    recSimulated: '这是示范馆。榜单与推荐里的「别的观众」是模拟出来的，凡有数字处都写明了。',
    recSettings: '去设置',
    labTitle: 'AI 标识是什么',
    labIntro: '这里的戏多由人借助 AI 做成。依《人工智能生成合成内容标识办法》，凡是，必标。',
    lab1: 'AI 生成',
    lab1Text: '片子自己的元数据写明了，或就在本馆生成。实心的印：确定。',
    lab2: '可能为生成合成内容',
    lab2Text: '片子没有写，上传的人声明是。空心的印：据声明。',
    lab3: '疑似生成合成内容',
    lab3Text: '没有写，也没有声明，但查出了痕迹。空心的印：据检测。',
    labWhere: '标在哪里',
    labWhereText:
      '画面开头至少两秒、左上角；播放时一直在片名旁；文件的元数据里还有一份（AIGC），下载、转存都带着。',
    labKeep: '谁也不能抹掉',
    labKeepText: '删改、伪造、隐藏标识都是不许的。看见没标的，或标错的，请告诉我们。',
    filTitle: '备案号是什么',
    filText:
      '微短剧上线前要按投资与题材分级备案或取得许可。绿印旁的号码就是它的凭据；没有号的戏，这里放不出来。',
  },
  {
    recTitle: 'How recommendation works',
    recIntro:
      'The order of Now is made by a program. It looks at three things, and not at who you are:',
    recWatched: 'What you watched',
    recWatchedText:
      'Watched to the end, watched again, skipped, kept, “not for me”. Each counts at once: the next pages already show it. The program lays viewers and plays that go together on one map (alternating least squares); what lies near you comes first.',
    recWork: 'The play itself',
    recWorkText:
      'Its genre, its story, its words. So a new play that nobody has seen gets its chance on stage.',
    recMix: 'Room for surprise',
    recMixText:
      'One maker or one genre never fills the row, and a few seats are always for the unfamiliar. What you have seen or waved away does not come back.',
    recNot: 'What is not used',
    recNotText:
      'Not your age, sex, place or contacts, and nothing bought elsewhere. A play that was not checked, labelled and filed cannot be recommended at all.',
    recRights: 'It is up to you',
    recRightsText:
      'You can ask “why” of every episode. You can see your tastes and delete them one by one; you can switch personalisation off, or recommendation altogether.',
    recSimulated:
      'This is a demo house. The “other viewers” in charts and recommendations are simulated, and every figure says so.',
    recSettings: 'To the settings',
    labTitle: 'What the AI label means',
    labIntro:
      'Most plays here are made by people with AI. By China’s measures for labelling AI-generated content, whatever is AI-made says so.',
    lab1: 'AI-generated',
    lab1Text:
      'The film’s own metadata says so, or it was made in this house. A solid seal: certain.',
    lab2: 'Possibly AI-generated',
    lab2Text: 'The film does not say, but the uploader declared it. A hollow seal: by declaration.',
    lab3: 'Suspected to be AI-generated',
    lab3Text: 'Neither said nor declared, but traces were found. A hollow seal: by detection.',
    labWhere: 'Where it stands',
    labWhereText:
      'At the upper left of the picture for at least the first two seconds; beside the title for as long as it plays; and in the file’s metadata (AIGC), which goes with every copy.',
    labKeep: 'Nobody may remove it',
    labKeepText:
      'Deleting, forging or hiding a label is forbidden. If you see one missing or wrong, please tell us.',
    filTitle: 'What the filing number is',
    filText:
      'Before a micro-drama goes online it is filed or licensed, by its budget and theme. The number beside the green seal is its proof; a play without one cannot be shown here.',
  },
)
