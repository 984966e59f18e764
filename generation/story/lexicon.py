"""The words of an idea that the offline engine knows, in Chinese and English.

Kind, then meaning, then the words for it. English words are in their plainest form; ``idea.py``
strips endings. A word may bear on several things: 女鬼 is a figure and speaks for a ghost story.
"""

from __future__ import annotations

from collections.abc import Mapping

_Table = Mapping[str, Mapping[str, str]]

CHINESE: _Table = {
    "genre": {
        "ghost": (
            "聊斋 女鬼 水鬼 亡魂 鬼魂 鬼故事 灵异 闹鬼 冤魂 阴间 地府 还魂 画皮 怨灵 阴婚 恐怖 "
            "鬼 魂"
        ),
        "romance": "爱情 甜宠 言情 恋人 相爱 情书 替嫁 先婚后爱 深情 爱 恋 暗恋 心上人",
        "revenge": "复仇 报仇 灭门 血仇 仇人 讨债 重生 逆袭 雪恨 仇",
        "palace": "宫斗 娘娘 皇后 贵妃 宫女 后宫 皇宫 宫廷 太子 冷宫 嫔妃 龙椅 圣旨 宫里 入宫 宫",
        "wuxia": "武侠 侠客 剑客 刀客 大侠 江湖 武林 门派 掌门 武功 镖局 比武 华山 轻功",
        "mystery": "悬疑 推理 探案 破案 凶手 凶案 命案 失踪 密室 真凶 谜 案子 尸体 谋杀",
        "family": "亲情 家庭 家人 团圆 身世 认亲 养父 养母 孤儿 失散 回家 亲生",
        "comedy": "喜剧 搞笑 笑话 骗子 乌龙 滑稽 沙雕 冒充 假扮 半仙 算命",
        "fable": (
            "童话 神话 寓言 奇幻 仙 妖 妖怪 精怪 狐狸 狐妖 狐仙 狐女 报恩 许愿 法术 神仙 龙王 "
            "修仙 魔法"
        ),
    },
    "place": {
        "lakeside": "西湖 湖边 湖畔 湖 池塘 江南",
        "pavilion": "亭子 凉亭 水榭 戏台 戏楼 阁楼 茶馆 茶楼 亭",
        "courtyard": "后院 院子 庭院 深宅 大宅 老宅 花园 宅院 家中 府里 府中 院",
        "study": "书房 书斋 闺房 厢房 屋里 房间 药铺 当铺 客栈",
        "bridge": "断桥 石桥 廊桥 桥头 桥上 桥",
        "mountain": "山上 雪山 山顶 悬崖 山谷 深山 山中 山",
        "temple": "破庙 古庙 古寺 寺庙 寺院 道观 庙 寺",
        "forest": "森林 竹林 树林 林中 林子 荒野 竹海",
        "street": "长街 街头 街上 集市 小巷 长安 京城 夜市 酒楼 街",
        "graveyard": "坟地 坟场 墓地 乱葬岗 坟 墓 棺材",
        "river": "江边 河边 渡口 渡船 码头 黄河 长江 河 江 船",
        "gate": "城门 宫门 家门 门口 边关 关口 城下 城楼",
    },
    "hour": {
        "dawn": "天亮 黎明 清晨 早晨 破晓 拂晓", "day": "白天 正午 中午 大白天",
        "dusk": "黄昏 傍晚 日落 夕阳",
        "night": "夜里 半夜 深夜 午夜 三更 月夜 雨夜 雪夜 今夜 夜晚 每夜 夜夜 夜",
    },
    "weather": {
        "mist": "大雾 雾", "rain": "下雨 大雨 雨天 雨中 暴雨 春雨 雨夜 雨",
        "snow": "下雪 大雪 雪地 风雪 雪夜 雪",
        "petals": "落花 桃花 花开 樱花 花", "wind": "大风 狂风 风", "clear": "月光 月亮 晴天 月下",
    },
    "figure": {
        "lady": (
            "小姐 姑娘 女子 千金 公主 皇后 贵妃 娘娘 新娘 妻子 夫人 女人 少女 侠女 女侠 女主 "
            "歌女 绣娘 花旦 妃子 女孩"
        ),
        "maid": "丫鬟 宫女 侍女 婢女 丫头",
        "scholar": "书生 公子 秀才 状元 少爷 画师 郎中 大夫 琴师 新郎 丈夫 男子 少年 青年 掌柜",
        "general": "将军 侠客 剑客 刀客 捕快 镖师 王爷 侍卫 战神 武士 大侠 杀手 刺客",
        "official": "皇帝 县令 知县 丞相 大人 官员 太监 县官 太子 钦差 官",
        "elder": "老人 父亲 爹 爷爷 老头 师父 掌门 管家 爸爸 老爷",
        "crone": "婆婆 母亲 娘亲 奶奶 老妇 妈妈 嬷嬷 媒婆 太后",
        "monk": "和尚 道士 法师 僧人 方丈 法海", "child": "孩子 小孩 男孩 孩童 小童 儿子 弟弟",
        "ghost": "女鬼 鬼魂 亡魂 亡妻 冤魂 水鬼 鬼",
        "fox": "狐狸 狐妖 狐仙 狐女 九尾狐 白狐 妖精 白蛇 蛇妖",
    },
    "prop": {
        "umbrella": "油纸伞 雨伞 伞", "lantern": "灯笼 油灯 许愿灯 花灯 灯",
        "letter": "密信 情书 书信 遗书 信 圣旨 休书 账本 当票",
        "sword": "宝剑 断剑 长剑 匕首 剑 刀",
        "jade": "玉佩 玉镯 戒指 耳环 手镯 玉 项链 簪子 发簪 金钗 玉簪 铜钱",
        "fan": "折扇 团扇 扇子 扇", "cup": "酒杯 茶杯 毒酒 酒 茶 碗 汤 药",
        "mirror": "铜镜 镜子 镜 画像 画", "flute": "竹笛 笛子 玉笛 笛 箫 琴",
    },
    "feeling": {
        "love": "深爱 喜欢 温柔 思念", "sorrow": "悲伤 伤心 流泪 眼泪 哭", "anger": "愤怒 恨 怒",
        "fear": "害怕 恐惧 怕",
        "joy": "高兴 快乐 笑", "resolve": "决心 誓要 一定",
    },
    "event": {
        "meeting": "遇见 相遇 邂逅 初见 遇到 救了 救下 捡到 遇",
        "promise": "约定 承诺 发誓 誓言 许诺 诺言 等他 等她 等",
        "betrayal": "背叛 出卖 负心 抛弃 陷害 骗了 欺骗 骗",
        "secret": "秘密 隐瞒 真相 身份 隐藏 秘",
        "discovery": "发现 揭穿 识破 看见 得知",
        "threat": "威胁 追杀 逼迫 逼婚 绑架", "sacrifice": "牺牲 替死 舍命 救命",
        "parting": "分别 离别 分手 离开 走了",
        "reunion": "重逢 团聚 归来 回来 回到 再见 回", "haunting": "闹鬼 噩梦 缠着 夜夜 梦",
        "gift": "送给 赠 定情 信物 还给 还 送",
        "temptation": "交易 诱惑 换取 典当 当掉", "warning": "警告 提醒 劝",
        "oath": "逆天 立誓 不服",
    },
}  # fmt: skip

ENGLISH: _Table = {
    "genre": {
        "ghost": (
            "ghost haunt spirit undead afterlife phantom spectre specter séance haunted horror "
            "spooky"
        ),
        "romance": (
            "romance love lover wedding bride groom marry marriage sweetheart crush betrothed "
            "kiss"
        ),
        "revenge": "revenge avenge vengeance vendetta massacre murderer retribution payback",
        "palace": (
            "palace court empress emperor concubine throne harem heir queen king prince dynasty"
        ),
        "wuxia": (
            "wuxia swordsman swordswoman duel sect martial kungfu jianghu blade assassin outlaw"
        ),
        "mystery": (
            "mystery detective clue corpse missing disappear alibi investigate culprit case "
            "murder body"
        ),
        "family": (
            "family adopt orphan mother daughter son sister brother homecoming inheritance "
            "father parent"
        ),
        "comedy": (
            "comedy funny joke swindler fraud fake impostor mistaken farce con fool hilarious"
        ),
        "fable": (
            "fable fairy magic wish spell dragon enchanted fox myth immortal curse fantasy "
            "legend witch"
        ),
    },
    "place": {
        "lakeside": "lake lakeside pond shore",
        "pavilion": "pavilion teahouse theatre theater stage balcony",
        "courtyard": "courtyard garden mansion yard manor estate",
        "study": "study library room chamber inn pawnshop shop house",
        "bridge": "bridge", "mountain": "mountain cliff peak hill valley",
        "temple": "temple monastery shrine",
        "forest": "forest woods bamboo wood grove",
        "street": "street market alley city tavern town village",
        "graveyard": "graveyard cemetery grave tomb coffin",
        "river": "river ferry dock boat harbor harbour riverbank",
        "gate": "gate border wall fortress doorstep door",
    },
    "hour": {
        "dawn": "dawn sunrise morning daybreak", "day": "noon day daylight afternoon",
        "dusk": "dusk sunset evening twilight",
        "night": "night midnight nightfall tonight moonlight",
    },
    "weather": {
        "mist": "mist fog misty foggy", "rain": "rain storm rainy rainstorm downpour thunder",
        "snow": "snow winter snowy blizzard frost",
        "petals": "petal blossom spring flower", "wind": "wind windy gale autumn",
        "clear": "moon clear sunny moonlit summer",
    },
    "figure": {
        "lady": (
            "lady woman girl princess empress bride wife heroine queen singer widow she dancer "
            "daughter"
        ),
        "maid": "maid servant handmaid waitress",
        "scholar": "scholar student poet painter doctor groom husband boy man writer clerk teacher",
        "general": (
            "general warrior swordsman soldier knight guard assassin hero captain swordswoman "
            "outlaw"
        ),
        "official": "emperor king magistrate minister official eunuch prince judge detective",
        "elder": "father grandfather elder master uncle butler",
        "crone": "mother grandmother crone witch matchmaker aunt",
        "monk": "monk priest abbot taoist exorcist", "child": "child kid orphan son brother",
        "ghost": "ghost spirit phantom",
        "fox": "fox vixen shapeshifter snake",
    },
    "prop": {
        "umbrella": "umbrella parasol", "lantern": "lantern lamp candle",
        "letter": "letter note diary will message book",
        "sword": "sword knife dagger blade",
        "jade": "jade pendant ring earring necklace bracelet hairpin locket coin amulet",
        "fan": "fan", "cup": "cup wine tea poison soup medicine bowl",
        "mirror": "mirror portrait painting",
        "flute": "flute song music",
    },
    "feeling": {
        "love": "tender adore gentle", "sorrow": "sad grief mourn tear weep cry",
        "anger": "angry rage hate fury",
        "fear": "afraid fear terror scared", "joy": "happy joy laugh",
        "resolve": "vow determined swear",
    },
    "event": {
        "meeting": "meet encounter find rescue save", "promise": "promise vow pledge wait swear",
        "betrayal": "betray betrayal cheat sell deceive",
        "secret": "secret hide conceal identity hidden truth",
        "discovery": "discover learn realize reveal unmask",
        "threat": "threaten kidnap hunt chase force", "sacrifice": "sacrifice die",
        "parting": "leave part goodbye farewell",
        "reunion": "return reunite reunion back", "haunting": "nightmare haunt dream",
        "gift": "give gift present keepsake",
        "temptation": "bargain deal trade tempt pawn", "warning": "warn", "oath": "defy",
    },
}  # fmt: skip

# Words that carry no story of their own: neither understood nor reported.
_ZH_STOP_WORDS = """
的 了 在 和 与 是 有 一个 一位 一名 一把 一封 一只 一 个 他 她 它 我 你 们 这 那 就 都 也 要 被 把
给 到 上 下 里 中 着 过 对 从 为 以 而 却 但 又 不 没 没有 自己 什么 谁 她的 他的 故事 关于 讲 后
前 时 地 得 之 其 此 向 让 叫 名叫 名为 想 去 来 会 能 说 多 很 再 只 最 大 小 年 月 日 天 位 名
所 并 及 或 将 于 竟 竟然 发 生 间 那个 这个 一场 一起 原来 其实 人 事 两 三 四 五 六 七 八 九 十
每 吗 呢 吧 啊 呀
"""
_EN_STOP_WORDS = """
a an the and or but if of in on at to for with by from into about over under after before between
through is are was were be been being has have had do does did will would can could should may
might must not no nor so as than that this these those there here who whom whose which what when
where why how he him his her hers it its they them their we us our you your i me my mine one two
three four five six seven eight nine ten story tale drama episode series short young old new every
each all any some very only just then now again ever never always still up down out off back years
year ago once upon time named called want need go come say tell get take make see look start begin
try turn open work live fall bring keep put let know think until while because also more most
other another own same both s t don
"""
CHINESE_STOP_WORDS = frozenset(_ZH_STOP_WORDS.split())
ENGLISH_STOP_WORDS = frozenset(_EN_STOP_WORDS.split())
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢苏潘葛范彭鲁韦马方任袁柳唐薛雷贺倪汤罗毕安常于傅顾孟黄穆萧尹姚邵"
    "汪毛宋庞熊纪舒屈项祝董梁杜阮蓝季贾江颜郭梅林钟徐高夏蔡田樊胡凌霍虞万柯卢莫房裴陆荣翁宁白蒲叶温慕容"
)
