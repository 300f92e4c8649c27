import type { Phrases } from './phrase.ts'

export const pt: Phrases = {
  greeting: ['Olá,', 'Olá a todos,', 'Cara equipa,', 'Olá, tudo bem?', 'Caros senhores,'],
  subject: {
    delivery: ['Onde está a encomenda {order}?', 'A encomenda não chegou', 'Data de entrega'],
    damaged: ['{product} chegou danificada', 'Produto partido: {order}', 'Riscos no produto'],
    wrong_item: ['Artigo errado em {order}', 'Não foi isto que pedi', 'Troca de artigo'],
    refund: ['Reembolso de {order}', 'Quero devolver', 'Quando recebo o reembolso?'],
    address: ['Mudança de morada', 'Morada errada em {order}', 'Enviar para outra morada'],
    fit: ['Serve no {model}?', 'Dúvida sobre {product}', 'Carregamento sem fios'],
    stock: ['{product} volta a haver?', 'Cores disponíveis', 'Reposição de stock'],
    praise: ['Um agradecimento', 'Adoro a {product}', 'Cliente feliz'],
  },
  opening: {
    delivery: {
      calm: [
        'podem dizer-me quando chega a encomenda {order}? O seguimento não muda há {days} dias.',
        'encomendei uma {product} ({order}) e gostava de saber o dia da entrega.',
        'a encomenda {order} já foi enviada? Agradeço desde já.',
      ],
      upset: [
        'a encomenda {order} está {days} dias atrasada e ninguém diz nada. Que frustração.',
        'a {product} era um presente de anos e ainda não chegou. Que desilusão. Onde está {order}?',
        'diz que foi entregue, mas não recebi nada. Já perdi duas tardes com isto.',
      ],
    },
    damaged: {
      calm: [
        'a {product} da encomenda {order} tem uma pequena racha. Podem enviar outra?',
        'um dos botões da {product} está duro. O que posso fazer?',
      ],
      upset: [
        'a {product} chegou partida e a caixa amassada. Por este preço, é péssimo.',
        'a {product} começou a descascar ao fim de {days} dias. Qualidade horrível, resolvam a {order}.',
      ],
    },
    wrong_item: {
      calm: [
        'recebi uma cor diferente da que pedi em {order}. Posso trocar?',
        'veio uma capa de outro telemóvel; preciso da do {model}.',
      ],
      upset: [
        'é a segunda vez que enviam o artigo errado. A {order} era para o {model}, leiam bem.',
        'outra vez o artigo errado. Viajo amanhã e isto estraga-me os planos.',
      ],
    },
    refund: {
      calm: [
        'devolvi a {product} na semana passada. Quando recebo o reembolso de {order}?',
        'gostava de devolver a {order}, está por abrir. Como faço?',
      ],
      upset: [
        'passaram {days} dias e nada de reembolso de {order}. É como se eu não existisse.',
        'prometeram o reembolso numa semana. Não cumpriram e estou a perder a paciência.',
      ],
    },
    address: {
      calm: [
        'mudei de casa. Podem enviar a {order} para a nova morada?',
        'enganei-me no código postal da {order}. Ainda dá para mudar?',
      ],
      upset: [
        'pedi para mudar a morada e enviaram para a antiga. Inacreditável.',
        'o vosso site trocou a minha morada e a {order} vai para outra cidade. Parem o envio!',
      ],
    },
    fit: {
      calm: [
        'a {product} serve num {model}? A página não diz.',
        'o carregamento sem fios funciona com a {product} e o {model}?',
      ],
      upset: [
        'a {product} não serve no {model}, apesar do que está escrito. Assim não pode ser.',
        'a {product} solta-se sempre e quase parti o ecrã do {model}.',
      ],
    },
    stock: {
      calm: ['quando volta a haver a {product}?', 'vão fazer a {product} em verde? Comprava já.'],
      upset: [
        'a {product} está esgotada há meses e o aviso nunca chega. Que pena.',
        'disseram que voltava na semana passada e nada. É uma desilusão.',
      ],
    },
    praise: {
      calm: [
        'só queria dizer que a {product} é maravilhosa. A melhor que já tive!',
        'o {model} caiu pelas escadas e nem um risco. Agradeço muito!',
        'chegou um dia mais cedo e o cartãozinho fez-me sorrir. Excelente serviço.',
      ],
      upset: ['gosto muito da {product}, mas usem menos plástico na caixa, por favor.'],
    },
  },
  reply: {
    delivery: [
      'Olá {name}, obrigada pela mensagem. Já perguntei à transportadora pela {order} e dou notícias em breve. – {agent}',
      'Olá {name}, lamento a demora. A {order} deve chegar dentro de dois dias úteis. – {agent}',
    ],
    damaged: [
      'Olá {name}, lamento imenso. Uma nova {product} segue já; pode ficar com a antiga. – {agent}',
      'Olá {name}, pode enviar uma fotografia? Trato logo da troca. – {agent}',
    ],
    wrong_item: [
      'Olá {name}, o erro foi nosso. O artigo certo segue hoje. – {agent}',
      'Olá {name}, confirmei a {order} e tem razão. Envio hoje o correto. – {agent}',
    ],
    refund: [
      'Olá {name}, a devolução chegou. O reembolso de {order} demora três a cinco dias úteis. – {agent}',
      'Olá {name}, acabei de pedir o reembolso de {order}. O banco pode levar uns dias. – {agent}',
    ],
    address: [
      'Olá {name}, mudei a morada da {order}. Confirme, por favor. – {agent}',
      'Olá {name}, já tinha saído, por isso pedi à transportadora para a redirecionar. – {agent}',
    ],
    fit: [
      'Olá {name}, a {product} é feita para o {model}; encaixe primeiro a parte de baixo. – {agent}',
      'Olá {name}, sim, funciona com o {model}, incluindo o carregamento. – {agent}',
    ],
    stock: [
      'Olá {name}, contamos ter a {product} daqui a duas semanas. Já ficou na lista. – {agent}',
      'Olá {name}, volta no próximo mês, em duas cores novas. – {agent}',
    ],
    praise: [
      'Olá {name}, que mensagem tão simpática, obrigada! Toda a equipa leu. – {agent}',
      'Olá {name}, alegrou o nosso dia. Bom proveito! – {agent}',
    ],
  },
  receipt: 'Recebemos a sua mensagem e respondemos assim que possível.',
  chase: [
    'Há novidades? Ainda não tive resposta.',
    'Continuo à espera, por favor.',
    'Olá? Já escrevi há algum tempo.',
  ],
  outcome: {
    positive: [
      'Perfeito, agradeço imenso a ajuda tão rápida!',
      'Ficou resolvido. Foram muito simpáticos.',
      'Que rapidez! Vou encomendar de novo, com certeza.',
      'Ótima notícia, agradeço!',
    ],
    neutral: [
      'Está bem, agradeço a informação.',
      'Certo, vou esperar.',
      'Avisem quando estiver feito.',
    ],
    negative: [
      'Isso não me ajuda nada. Que desilusão.',
      'Demorou demasiado. Acho que não volto a comprar.',
      'Já expliquei isto três vezes. Péssimo serviço.',
      'Não aceito. Quero o meu dinheiro de volta.',
    ],
  },
  closing: [
    'De nada, {name}. Tenha um bom dia! – {agent}',
    'Obrigada pela paciência, {name}. Se faltar algo, basta responder. – {agent}',
    'Compreendo, {name}, e peço desculpa. Passei o caso ao responsável. – {agent}',
  ],
  comment: {
    positive: ['Rápidos e simpáticos.', 'Excelente ajuda!', 'Agradeço muito.'],
    neutral: ['Foi razoável.', 'Demorou, mas ficou resolvido.'],
    negative: ['Esperei demasiado.', 'Ninguém resolveu o problema.', 'Uma desilusão.'],
  },
}
