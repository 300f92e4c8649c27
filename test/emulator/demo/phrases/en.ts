import type { Phrases } from './phrase.ts'

export const en: Phrases = {
  greeting: ['Hi there,', 'Hello,', 'Dear team,', 'Hi,', 'Hello Tern & Thistle team,'],
  subject: {
    delivery: ['Where is order {order}?', 'Parcel for {order} not here yet', 'Delivery date'],
    damaged: ['{product} arrived damaged', 'Broken on arrival: {order}', 'Scratched {product}'],
    wrong_item: ['Wrong item in {order}', 'Not the {product} I ordered', 'Mix-up with my order'],
    refund: ['Refund for {order}', 'Returning my {product}', 'When will I be refunded?'],
    address: ['Change of address for {order}', 'Wrong street on my order', 'Please ship elsewhere'],
    fit: ['Does the {product} fit my {model}?', 'Question about {model}', 'Fit of {product}'],
    stock: ['{product} back in stock?', 'Colours of the {product}', 'Restock question'],
    praise: ['Thank you!', 'Lovely {product}', 'A happy customer'],
  },
  opening: {
    delivery: {
      calm: [
        'could you tell me when order {order} is going to arrive? The tracking has not moved for {days} days.',
        'I ordered a {product} ({order}) and would like to know roughly which day to expect it.',
        'my parcel for {order} says "handed to carrier" since last week. Is that normal?',
      ],
      upset: [
        'order {order} is now {days} days late and nobody tells me anything. This is really frustrating.',
        'I am very disappointed. The {product} was a birthday present and it still has not arrived. Where is {order}?',
        'the courier marked {order} as delivered, but there is nothing here. I have wasted two evenings on this.',
      ],
    },
    damaged: {
      calm: [
        'the {product} from order {order} came with a small crack in one corner. Could you send another one?',
        'one of the buttons on my {product} ({order}) is stiff. What can we do about it?',
      ],
      upset: [
        'the {product} arrived broken and the box was crushed. For this price I expected far better.',
        'my {product} peeled after {days} days. Terrible quality, I want this put right for {order}.',
      ],
    },
    wrong_item: {
      calm: [
        'I received a different colour from the one in order {order}. May I exchange it?',
        'there was a case for another phone in the box; I need the one for {model}. Order {order}.',
      ],
      upset: [
        'this is the second time you have sent the wrong thing. Order {order} was for a {model}, please read it.',
        'wrong item again in {order}. I am annoyed, I needed the {product} for a trip tomorrow.',
      ],
    },
    refund: {
      calm: [
        'I sent the {product} back last week. When can I expect the refund for {order}?',
        'I would like to return the {product} from {order}, it is unopened. How do I do that?',
      ],
      upset: [
        'still no refund for {order} after {days} days. I feel ignored, please pay me back.',
        'you promised the refund for {order} within a week. That was not true, and I am losing patience.',
      ],
    },
    address: {
      calm: [
        'I have moved. Could you send order {order} to my new address?',
        'I made a typo in the postcode of {order}. Can it still be changed?',
      ],
      upset: [
        'I asked for the address of {order} to be changed and it was shipped to the old one anyway. How annoying.',
        'your checkout swapped my address and now {order} is going to the wrong town. Please stop it!',
      ],
    },
    fit: {
      calm: [
        'will the {product} fit a {model}? The page only mentions last year’s size.',
        'does wireless charging work through the {product} with my {model}?',
      ],
      upset: [
        'the {product} does not fit my {model} at all although your page says it does. Not happy.',
        'the {product} slips off my {model} all the time. It nearly broke my screen.',
      ],
    },
    stock: {
      calm: [
        'when will the {product} be back in stock?',
        'do you plan a green {product}? I would buy one at once.',
      ],
      upset: [
        'the {product} has been sold out for months and the reminder never works. What a pity.',
        'I was told the {product} would be back last week. It is not. Please stop making promises.',
      ],
    },
    praise: {
      calm: [
        'just a note to say that the {product} is wonderful. Best one I have ever had!',
        'my {product} fell down the stairs with the {model} inside and not a scratch. Thank you!',
        'the parcel came a day early and the little card made me smile. Great service.',
      ],
      upset: ['I love the {product}, but please use less plastic in the box.'],
    },
  },
  reply: {
    delivery: [
      'Hello {name}, thank you for writing. I have asked the carrier about {order} and will tell you as soon as I know more. – {agent}',
      'Hi {name}, I am sorry about the wait. {order} left our warehouse and should be with you within two working days. – {agent}',
    ],
    damaged: [
      'Hello {name}, I am sorry that the {product} reached you like this. A new one is on its way, you can keep the old one. – {agent}',
      'Hi {name}, could you send me a photo of the {product}? I will arrange a replacement at once. – {agent}',
    ],
    wrong_item: [
      'Hello {name}, that was our mistake. The right {product} ships today, and a return label is attached. – {agent}',
      'Hi {name}, I have checked {order} and you are right. I am sending the correct one today. – {agent}',
    ],
    refund: [
      'Hello {name}, your return has arrived. The refund for {order} takes three to five working days. – {agent}',
      'Hi {name}, I have started the refund for {order} just now. Your bank may need a few days. – {agent}',
    ],
    address: [
      'Hello {name}, I have changed the address of {order}. Please check the new confirmation. – {agent}',
      'Hi {name}, the parcel has left already, so I have asked the carrier to redirect it. – {agent}',
    ],
    fit: [
      'Hello {name}, the {product} is made for the {model}; please press the lower edge in first. – {agent}',
      'Hi {name}, good question: yes, it works with the {model}, charging included. – {agent}',
    ],
    stock: [
      'Hello {name}, we expect the {product} again in about two weeks. I have put you on the list. – {agent}',
      'Hi {name}, thank you for asking! It will be back next month, in two new colours. – {agent}',
    ],
    praise: [
      'Hello {name}, what a lovely message, thank you! The whole team has read it. – {agent}',
      'Hi {name}, you have made our day. Enjoy the {product}! – {agent}',
    ],
  },
  receipt: 'Thank you for your message. We have received it and will answer as soon as we can.',
  chase: [
    'Any news? I have not heard back from you.',
    'Hello? It has been a while since I wrote.',
    'I am still waiting for an answer, please.',
  ],
  outcome: {
    positive: [
      'Perfect, thank you so much for the quick help!',
      'Brilliant, that solved it. You are very kind.',
      'Wow, that was fast. Thanks a lot, I will certainly order again.',
      'That is great news, many thanks!',
      'Thank you, {agent}, excellent service.',
    ],
    neutral: [
      'All right, thank you for the information.',
      'OK, I will wait and see.',
      'Understood.',
      'Fine, please let me know when it is done.',
    ],
    negative: [
      'That does not help me at all. I am really disappointed.',
      'This took far too long. I do not think I will order again.',
      'I have explained this three times now. Very poor service.',
      'So nothing happens again? I am fed up with this.',
      'Not acceptable. I want my money back.',
    ],
  },
  closing: [
    'You are welcome, {name}. Have a nice day! – {agent}',
    'Thank you for your patience, {name}. I am closing this for now; just reply if anything is left. – {agent}',
    'I understand, {name}, and I am sorry. I have passed this on to my team lead. – {agent}',
  ],
  comment: {
    positive: ['Quick and friendly.', 'Great help, thank you!', 'Could not be better.'],
    neutral: ['It was all right.', 'Took a while, but it worked.'],
    negative: ['Waited far too long.', 'Nobody solved my problem.', 'Very disappointing.'],
  },
}
