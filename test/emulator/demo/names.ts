import type { Language } from './phrases/phrase.ts'

/** A name as written and in Latin letters for addresses. */
type Name = readonly [written: string, latin: string]

/** Latin names, separated by commas. */
const same = (list: string): Name[] =>
  list.split(', ').map((name) => [
    name,
    name
      .normalize('NFD')
      .replace(/[^a-z]/gi, '')
      .toLowerCase(),
  ])

/** Names followed by their Latin form, separated by commas. */
const pairs = (list: string): Name[] =>
  list.split(', ').map((pair) => {
    const [written = '', latin = ''] = pair.split(' ')
    return [written, latin]
  })

export const givenNames: Record<Language, readonly Name[]> = {
  en: same(
    'Amelia, Oliver, Isla, George, Priya, Noah, Freya, Hassan, Grace, Leo, Niamh, ' +
      'Callum, Zainab, Rhys, Martha, Kwame, Edith, Owen, Aisha, Felix, Bronwen, Samir, ' +
      'Heather, Jude, Imogen, Ravi, Tabitha, Alasdair, Chidi, Elspeth, Farah, Gareth, ' +
      'Harvey, Ines, Kirsty, Lorcan, Meera, Nathaniel, Orla, Pippa',
  ),
  pt: same(
    'Beatriz, Tiago, Mariana, João, Leonor, Rui, Catarina, Miguel, Sofia, André, ' +
      'Matilde, Nuno, Joana, Vasco, Rita, Duarte, Inês, Gonçalo, Francisca, Afonso, ' +
      'Teresa, Simão, Lídia, Gustavo',
  ),
  ko: pairs(
    '민준 minjun, 서연 seoyeon, 지호 jiho, 하은 haeun, 도윤 doyun, 수아 sua, 예준 yejun, 지우 jiwoo, ' +
      '현우 hyunwoo, 채원 chaewon, 은서 eunseo, 준서 junseo, 유진 yujin, 태현 taehyun, 소율 soyul, ' +
      '건우 geonwoo, 나연 nayeon, 동현 donghyun, 미래 mirae, 성민 sungmin, 아린 arin, 영수 youngsoo, ' +
      '재원 jaewon, 혜진 hyejin, 소희 sohee, 시우 siwoo, 은우 eunwoo, 다은 daeun',
  ),
  zh: pairs(
    '伟 wei, 芳 fang, 娜 na, 敏 min, 静 jing, 磊 lei, 洋 yang, 雪 xue, 浩然 haoran, 子涵 zihan, ' +
      '欣怡 xinyi, 宇轩 yuxuan, 梓萱 zixuan, 晨 chen, 佳琪 jiaqi, 明 ming, 婷 ting, 强 qiang, ' +
      '丽 li, 俊杰 junjie, 诗涵 shihan, 建国 jianguo, 晓东 xiaodong, 雨桐 yutong, 思远 siyuan, ' +
      '慧 hui, 鹏 peng, 琳 lin',
  ),
  ja: pairs(
    '陽菜 hina, 蓮 ren, 結衣 yui, 湊 minato, 葵 aoi, 悠真 yuma, 凛 rin, 樹 itsuki, 咲良 sakura, ' +
      '大和 yamato, 美月 mizuki, 颯太 sota, 紬 tsumugi, 海斗 kaito, 彩 aya, 健 ken, 陸 riku, ' +
      '莉子 riko, 翔 sho, 千尋 chihiro, 直樹 naoki, 由美 yumi, 拓海 takumi, 真央 mao, 隼人 hayato, ' +
      '恵 megumi, 和也 kazuya, 琴音 kotone',
  ),
}

export const familyNames: Record<Language, readonly Name[]> = {
  en: same(
    'Ashworth, Okonkwo, Hughes, Patel, Fairclough, Mackenzie, Bennett, Rahman, ' +
      'Thorne, Whitlock, Ó Briain, Sandhu, Carver, Lindqvist, Pemberton, Adeyemi, ' +
      'Holloway, Varga, Quinn, Ellery, Abernethy, Birch, Castellan, Drummond, Eze, ' +
      'Farrow, Gilmour, Hartnell, Iqbal, Jessop, Kessler, Lockwood, Mensah, Nair, ' +
      'Oakes, Prentice, Marsh, Novak, Tierney, Boateng',
  ),
  pt: same(
    'Nogueira, Teixeira, Almeida, Pinheiro, Carvalho, Moreira, Serrano, Fonseca, ' +
      'Barros, Quintela, Vieira, Lacerda, Sampaio, Faria, Antunes, Castelo, Durão, ' +
      'Esteves, Freitas, Godinho, Leitão, Macedo, Neves, Brandão',
  ),
  ko: pairs(
    '김 kim, 이 lee, 박 park, 최 choi, 정 jung, 강 kang, 조 cho, 윤 yoon, 장 jang, 임 lim, ' +
      '한 han, 오 oh, 서 seo, 신 shin, 권 kwon, 황 hwang, 안 ahn, 송 song, 류 ryu, 홍 hong',
  ),
  zh: pairs(
    '王 wang, 李 li, 张 zhang, 刘 liu, 陈 chen, 杨 yang, 赵 zhao, 黄 huang, 周 zhou, 吴 wu, ' +
      '徐 xu, 林 lin, 孙 sun, 马 ma, 朱 zhu, 胡 hu, 郭 guo, 何 he, 高 gao, 罗 luo',
  ),
  ja: pairs(
    '佐藤 sato, 鈴木 suzuki, 高橋 takahashi, 田中 tanaka, 伊藤 ito, 渡辺 watanabe, 山本 yamamoto, ' +
      '中村 nakamura, 小林 kobayashi, 加藤 kato, 吉田 yoshida, 松本 matsumoto, 井上 inoue, ' +
      '木村 kimura, 林 hayashi, 清水 shimizu, 山崎 yamazaki, 森 mori, 池田 ikeda, 橋本 hashimoto, ' +
      '阿部 abe, 石川 ishikawa, 前田 maeda, 藤田 fujita',
  ),
}

/** Languages whose names begin with the family. */
export const familyFirst: ReadonlySet<Language> = new Set(['ko', 'zh', 'ja'])

export const locales: Record<Language, string> = {
  en: 'en-GB',
  pt: 'pt',
  ko: 'ko',
  zh: 'zh-cn',
  ja: 'ja',
}

export const places: Record<Language, readonly (readonly [city: string, country: string])[]> = {
  en: [
    ['London', 'GB'],
    ['Leeds', 'GB'],
    ['Bristol', 'GB'],
    ['Edinburgh', 'GB'],
    ['Cardiff', 'GB'],
    ['Dublin', 'IE'],
  ],
  pt: [
    ['Lisboa', 'PT'],
    ['Porto', 'PT'],
    ['Braga', 'PT'],
    ['Coimbra', 'PT'],
  ],
  ko: [
    ['서울', 'KR'],
    ['부산', 'KR'],
    ['대구', 'KR'],
    ['인천', 'KR'],
  ],
  zh: [
    ['上海', 'CN'],
    ['深圳', 'CN'],
    ['杭州', 'CN'],
    ['成都', 'CN'],
  ],
  ja: [
    ['東京', 'JP'],
    ['大阪', 'JP'],
    ['福岡', 'JP'],
    ['札幌', 'JP'],
  ],
}
