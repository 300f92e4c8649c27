import type { Phrases } from './phrase.ts'

export const zh: Phrases = {
  greeting: ['您好，', '你好，', '客服您好，', '您好，想咨询一下。'],
  subject: {
    delivery: ['订单 {order} 到哪里了？', '快递还没收到', '请问什么时候发货'],
    damaged: ['{product} 收到时有破损', '质量问题 {order}', '商品有划痕'],
    wrong_item: ['发错货了', '{order} 收到的不是我买的', '申请换货'],
    refund: ['{order} 退款咨询', '想退货', '退款什么时候到账'],
    address: ['修改收货地址', '{order} 地址写错了', '请改寄新地址'],
    fit: ['{product} 适合 {model} 吗', '型号咨询', '可以无线充电吗'],
    stock: ['{product} 什么时候补货', '颜色咨询', '缺货问题'],
    praise: ['谢谢你们！', '{product} 很喜欢', '非常满意'],
  },
  opening: {
    delivery: {
      calm: [
        '请问订单 {order} 大概什么时候能到？物流信息已经 {days} 天没有更新了。',
        '我买了 {product}（{order}），想知道预计哪天送达。',
        '麻烦帮我查一下 {order} 是否已经发货，谢谢。',
      ],
      upset: [
        '订单 {order} 已经晚了 {days} 天，一点消息都没有，真的很生气。',
        '这个 {product} 是生日礼物，到现在还没到，太让人失望了。请查一下 {order}。',
        '显示已签收，可是我根本没收到！为这件事浪费了我两个晚上。',
      ],
    },
    damaged: {
      calm: [
        '{order} 里的 {product} 一个角上有裂纹，可以换一个吗？',
        '{product} 的按键有点紧，请问该怎么处理？',
      ],
      upset: [
        '{product} 收到就是坏的，盒子也压扁了，这个价格太不值了。',
        '{product} 用了 {days} 天就掉漆，质量太差了，请给我处理 {order}。',
      ],
    },
    wrong_item: {
      calm: [
        '收到的颜色和订单 {order} 不一样，可以换吗？',
        '盒子里是别的机型的壳，我需要 {model} 的。',
      ],
      upset: [
        '这已经是第二次发错了！{order} 要的是 {model}，请看清楚。',
        '明天就要出门了，结果又发错货，真烦人。',
      ],
    },
    refund: {
      calm: [
        '上周已经把 {product} 寄回，{order} 什么时候退款？',
        '{order} 还没拆封，想退货，请问怎么操作？',
      ],
      upset: [
        '已经 {days} 天了，{order} 还没退款，感觉被无视了。',
        '说好一周内退款，根本没做到，我没有耐心了。',
      ],
    },
    address: {
      calm: ['我搬家了，{order} 可以寄到新地址吗？', '{order} 的邮编写错了，还能改吗？'],
      upset: [
        '明明申请改地址了，还是寄到旧地址，太离谱了。',
        '系统把我的地址弄错，{order} 正寄往别的城市，请马上拦截！',
      ],
    },
    fit: {
      calm: [
        '请问 {product} 适合 {model} 吗？页面上没有写。',
        '装上 {product} 后 {model} 还能无线充电吗？',
      ],
      upset: [
        '页面写着适用，结果 {product} 根本装不上 {model}，很不满意。',
        '{product} 总是掉下来，差点把我的 {model} 屏幕摔碎。',
      ],
    },
    stock: {
      calm: ['请问 {product} 什么时候补货？', '{product} 会出绿色吗？出了我马上买。'],
      upset: [
        '{product} 缺货好几个月，到货提醒也没用，太可惜了。',
        '上周说会补货，现在还是没有，很失望。',
      ],
    },
    praise: {
      calm: [
        '{product} 太好看了，是我用过最好的一个！',
        '{model} 从楼梯上掉下去一点事都没有，谢谢你们！',
        '比预计早到一天，小卡片也很暖心，服务很棒。',
      ],
      upset: ['东西很好，就是包装塑料太多了。'],
    },
  },
  reply: {
    delivery: [
      '{name} 您好，已经向快递查询 {order}，有消息马上告诉您。{agent}',
      '{name} 您好，让您久等了，很抱歉。{order} 预计两个工作日内送达。{agent}',
    ],
    damaged: [
      '{name} 您好，非常抱歉，新的 {product} 马上寄出，旧的不用退回。{agent}',
      '{name} 您好，请发一张照片，我立即为您安排换货。{agent}',
    ],
    wrong_item: [
      '{name} 您好，是我们的失误，正确的商品今天寄出。{agent}',
      '{name} 您好，已核对 {order}，今天就为您补发。{agent}',
    ],
    refund: [
      '{name} 您好，退货已收到，{order} 的退款需要三到五个工作日。{agent}',
      '{name} 您好，刚刚已提交 {order} 的退款，到账时间以银行为准。{agent}',
    ],
    address: [
      '{name} 您好，{order} 的地址已修改，请确认。{agent}',
      '{name} 您好，包裹已寄出，已联系快递改派。{agent}',
    ],
    fit: [
      '{name} 您好，{product} 适用于 {model}，请先从下边缘装入。{agent}',
      '{name} 您好，可以的，{model} 也支持无线充电。{agent}',
    ],
    stock: [
      '{name} 您好，{product} 大约两周后补货，已为您登记。{agent}',
      '{name} 您好，下个月会到货，还有两种新颜色。{agent}',
    ],
    praise: [
      '{name} 您好，谢谢您的鼓励！我们全组都看到了。{agent}',
      '{name} 您好，您的话让我们很开心，祝使用愉快！{agent}',
    ],
  },
  receipt: '您的留言已收到，我们会尽快回复。',
  chase: ['请问有消息了吗？', '还没有收到你们的回复。', '我还在等，麻烦尽快。'],
  outcome: {
    positive: [
      '太好了，谢谢这么快帮我解决！',
      '问题解决了，客服很耐心，非常感谢。',
      '速度真快，下次还会再买。',
      '好消息，谢谢！',
    ],
    neutral: ['好的，知道了。', '那我再等等。', '处理好了请告诉我。'],
    negative: [
      '完全没有帮助，太失望了。',
      '等了太久，以后不会再买了。',
      '同样的话我说了三遍，服务太差。',
      '不能接受，请退款。',
    ],
  },
  closing: [
    '不客气，{name}，祝您愉快！{agent}',
    '感谢您的耐心，{name}。如有问题请直接回复。{agent}',
    '{name} 您好，再次向您道歉，已反馈给主管。{agent}',
  ],
  comment: {
    positive: ['回复快，态度好。', '服务很棒！', '谢谢客服。'],
    neutral: ['一般。', '等了一会儿，但解决了。'],
    negative: ['等太久了。', '问题没有解决。', '很失望。'],
  },
}
