import { describe, expect, it } from 'vitest'
import type { Segment } from '../../domain/transcript.ts'
import { factsOf } from './facts-for-test.ts'

/** One caption cue, as a subtitle file has it: text and times, no words. */
function cue(
  text: string,
  { start = 0, end, ordinal = 0 }: { start?: number; end?: number; ordinal?: number } = {},
): Segment {
  return { ordinal, start, end: end ?? start + text.length / 12, text, speaker: null, words: [] }
}

/** Cues one after the other, without pauses. */
function cues(texts: readonly string[]): Segment[] {
  let start = 0
  return texts.map((text, ordinal) => {
    const segment = cue(text, { start, ordinal })
    start = segment.end
    return segment
  })
}

const sentencesOf = (texts: readonly string[]) => factsOf(cues(texts)).sentences.map(({ text }) => text)

describe('sentences', () => {
  it.each<[string, string, string[]]>([
    [
      'Chinese',
      '今天我们来聊一聊人工智能。你觉得它会取代我们吗？我不这么认为！“真的吗？”他笑着问。',
      ['今天我们来聊一聊人工智能。', '你觉得它会取代我们吗？', '我不这么认为！', '“真的吗？”', '他笑着问。'],
    ],
    [
      'Japanese',
      'こんにちは、皆さん。今日は京都について話します。行ったことがありますか？「とても静かだった。」と彼女は言いました。',
      [
        'こんにちは、皆さん。',
        '今日は京都について話します。',
        '行ったことがありますか？',
        '「とても静かだった。」',
        'と彼女は言いました。',
      ],
    ],
    [
      'Korean',
      '오늘은 좋은 날씨네요. 점심은 드셨어요? 저는 아직 안 먹었습니다!',
      ['오늘은 좋은 날씨네요.', '점심은 드셨어요?', '저는 아직 안 먹었습니다!'],
    ],
    [
      'Arabic',
      'مرحبا بكم في البرنامج. كيف حالك اليوم؟ أنا بخير، شكرا لك!',
      ['مرحبا بكم في البرنامج.', 'كيف حالك اليوم؟', 'أنا بخير، شكرا لك!'],
    ],
    [
      'Urdu',
      'آج موسم بہت اچھا ہے۔ کیا آپ باہر جائیں گے؟ ہاں، ضرور۔',
      ['آج موسم بہت اچھا ہے۔', 'کیا آپ باہر جائیں گے؟', 'ہاں، ضرور۔'],
    ],
    [
      'Hindi',
      'आज हम एक नई कहानी सुनेंगे। क्या आप तैयार हैं? चलिए शुरू करते हैं।',
      ['आज हम एक नई कहानी सुनेंगे।', 'क्या आप तैयार हैं?', 'चलिए शुरू करते हैं।'],
    ],
    [
      'German',
      'Am 3. Oktober traf ich Dr. Weber in der Hauptstr. 12 in Köln. „Kommst du mit?“, fragte er. Ich kam z. B. um 18.30 Uhr. Danach bzw. später gingen wir.',
      [
        'Am 3. Oktober traf ich Dr. Weber in der Hauptstr. 12 in Köln.',
        '„Kommst du mit?“, fragte er.',
        'Ich kam z. B. um 18.30 Uhr.',
        'Danach bzw. später gingen wir.',
      ],
    ],
    [
      'Spanish',
      '¿Qué pasó ayer? ¡Nada! El Sr. Gómez llegó a las 8.30 y la Sra. Díaz no vino. ¿Y tú?',
      ['¿Qué pasó ayer?', '¡Nada!', 'El Sr. Gómez llegó a las 8.30 y la Sra. Díaz no vino.', '¿Y tú?'],
    ],
    [
      'French',
      'Vous êtes prêts ? Oui ! « C’est fini ? » demande M. Martin. Mme Leroy répond : « Pas encore. » Puis elle sort.',
      [
        'Vous êtes prêts ?',
        'Oui !',
        '« C’est fini ? » demande M. Martin.',
        'Mme Leroy répond : « Pas encore. »',
        'Puis elle sort.',
      ],
    ],
    [
      'Portuguese',
      'O Dr. Sousa chegou às 9.15. Você viu? Não, não vi! A Sra. Lima também não.',
      ['O Dr. Sousa chegou às 9.15.', 'Você viu?', 'Não, não vi!', 'A Sra. Lima também não.'],
    ],
    [
      'Russian',
      'Сегодня мы поговорим о музыке. А вы играете? Нет, и А. С. Пушкин не играл.',
      ['Сегодня мы поговорим о музыке.', 'А вы играете?', 'Нет, и А. С. Пушкин не играл.'],
    ],
    [
      'Greek',
      'Καλημέρα σε όλους. Τι κάνετε σήμερα; Πολύ καλά!',
      ['Καλημέρα σε όλους.', 'Τι κάνετε σήμερα;', 'Πολύ καλά!'],
    ],
    ['Armenian', 'Բարև բոլորին։ Ինչպե՞ս եք։ Շատ լավ։', ['Բարև բոլորին։', 'Ինչպե՞ս եք։', 'Շատ լավ։']],
    ['Amharic', 'ሰላም ለሁላችሁ። ዛሬ ጥሩ ቀን ነው። እናመሰግናለን።', ['ሰላም ለሁላችሁ።', 'ዛሬ ጥሩ ቀን ነው።', 'እናመሰግናለን።']],
    ['Burmese', 'မင်္ဂလာပါ။ ဒီနေ့ ရာသီဥတု ကောင်းတယ်။', ['မင်္ဂလာပါ။', 'ဒီနေ့ ရာသီဥတု ကောင်းတယ်။']],
    ['Hebrew', 'שלום לכולם. מה שלומכם היום? הכל בסדר!', ['שלום לכולם.', 'מה שלומכם היום?', 'הכל בסדר!']],
    [
      'English',
      'Dr. Smith paid $3.50 to J. R. R. Tolkien vs. the U.S. Army at 5 p.m. on Monday. "Is it No. 5?" she asked. No. He left at 6 p.m. She stayed… and waited. Really?!',
      [
        'Dr. Smith paid $3.50 to J. R. R. Tolkien vs. the U.S. Army at 5 p.m. on Monday.',
        '"Is it No. 5?" she asked.',
        'No.',
        'He left at 6 p.m.',
        'She stayed… and waited.',
        'Really?!',
      ],
    ],
    [
      'small letters',
      'hello there. how are you? i met dr. smith. fine.',
      ['hello there.', 'how are you?', 'i met dr. smith.', 'fine.'],
    ],
    [
      'capitals',
      'HELLO THERE. HOW ARE YOU? I MET DR. SMITH. NO. FINE.',
      ['HELLO THERE.', 'HOW ARE YOU?', 'I MET DR. SMITH.', 'NO.', 'FINE.'],
    ],
    [
      'a list',
      '1. Open the door. 2. Go in. In 2019. Then 12. Done.',
      ['1. Open the door.', '2. Go in.', 'In 2019.', 'Then 12.', 'Done.'],
    ],
  ])('of %s', (_, text, expected) => {
    expect(sentencesOf([text])).toEqual(expected)
  })

  it('go on over cues that break off, without a blank between words in Chinese', () => {
    expect(sentencesOf(['我们昨天去了', '北京的一个公园。', '天气很好。'])).toEqual([
      '我们昨天去了北京的一个公园。',
      '天气很好。',
    ])
    expect(sentencesOf(['大きな亀が', 'Twitterで', '有名です。'])).toEqual(['大きな亀が Twitterで有名です。'])
  })

  it('of Thai, which has no marks, end where a cue ends; long ones are cut at the blanks', () => {
    const phrase = 'วันนี้เราจะมาคุยกันเรื่องการทำอาหารไทย'
    const text = Array.from({ length: 12 }, () => phrase).join(' ')
    const facts = factsOf([cue(text, { end: 60 }), cue('ขอบคุณมากครับ', { start: 60, end: 62, ordinal: 1 })])
    expect(facts.words.length).toBeGreaterThan(60)
    expect(facts.sentences.length).toBeGreaterThan(6)
    expect(facts.sentences.at(-1)?.text).toBe('ขอบคุณมากครับ')
    for (const { text: piece, end, start } of facts.sentences) {
      expect(end - start).toBeLessThanOrEqual(10)
      expect(piece.startsWith('วันนี้') || piece === 'ขอบคุณมากครับ', piece).toBe(true)
    }
  })

  it('of text without marks end at pauses and cues; what lasts long is cut', () => {
    const text = 'so we went down to the river and the ice was thin but nobody dared to cross it '
    const long = factsOf([cue(text.repeat(20), { end: 120 })])
    expect(long.sentences.length).toBeGreaterThanOrEqual(12)
    expect(Math.max(...long.sentences.map(({ start, end }) => end - start))).toBeLessThanOrEqual(10)
    expect(long.sentences.map((sentence) => sentence.text).join(' ')).toBe(text.repeat(20).trim())
    expect(long.sentences[0]).toMatchObject({ opens: 'sentence', closes: 'clause' })
    const paused = factsOf([
      cue('we went down to the river', { end: 2 }),
      cue('nobody was there', { start: 3, end: 5, ordinal: 1 }),
    ])
    expect(paused.sentences).toHaveLength(2)
  })

  it('of a stretch without marks are read as such, though the rest has them', () => {
    const marked = Array.from({ length: 60 }, (_, i) => `The boat number ${i} came home late.`)
    const bare = Array.from({ length: 40 }, (_, i) => `and then the boat number ${i} came home`)
    const texts = sentencesOf([...marked, ...bare, ...marked])
    expect(texts.filter((text) => text.startsWith('and then'))).toHaveLength(40)
    expect(texts.filter((text) => text.startsWith('The boat'))).toHaveLength(120)
  })

  it('that others break into are one: no border where they go on', () => {
    const line = (speaker: string, text: string, start: number, ordinal: number): Segment => ({
      ...cue(text, { start, end: start + 2, ordinal }),
      speaker,
    })
    const { sentences } = factsOf([
      line('Ana', 'I was going to tell you', 0, 0),
      line('Bo', 'Mhm.', 2, 1),
      line('Ana', 'that the boat is gone.', 3, 2),
      line('Bo', 'But I', 6, 3),
      line('Ana', 'No.', 8, 4),
    ])
    expect(sentences.map(({ opens, closes }) => `${opens} ${closes}`)).toEqual([
      'sentence clause',
      'sentence sentence',
      'clause sentence',
      'sentence clause',
      'sentence sentence',
    ])
  })

  it('of three hours in one cue are short, in any writing', () => {
    const letters = '我们今天讨论一个非常重要的问题'.repeat(2000)
    const facts = factsOf([cue(letters, { end: 10_800 })], { duration: 10_800 })
    expect(facts.words.length).toBeGreaterThan(5000)
    expect(Math.max(...facts.sentences.map(({ start, end }) => end - start))).toBeLessThanOrEqual(16)
    expect(facts.sentences.map(({ text }) => text).join('')).toBe(letters)
  })

  it('of forty languages in one file', () => {
    expect(Object.keys(greetings)).toHaveLength(40)
    const texts = Object.values(greetings).flat()
    expect(sentencesOf(texts)).toEqual(texts)
    // The same without any cue that helps.
    expect(sentencesOf([texts.join(' ')])).toEqual(texts)
  })
})

/** Two sentences each, the second a question where it could be mistaken for the rest of the first. */
const greetings: Record<string, [string, string]> = {
  af: ['Goeie môre almal.', 'Hoe gaan dit vandag?'],
  am: ['እንደምን አደራችሁ።', 'ዛሬ ምን እናድርግ?'],
  ar: ['صباح الخير للجميع.', 'كيف حالكم اليوم؟'],
  bg: ['Добро утро на всички.', 'Как сте днес?'],
  bn: ['সবাইকে শুভ সকাল।', 'আজ কেমন আছেন?'],
  ca: ['Bon dia a tothom.', 'Com esteu avui?'],
  cs: ['Dobré ráno všem.', 'Jak se dnes máte?'],
  da: ['Godmorgen alle sammen.', 'Hvordan går det i dag?'],
  de: ['Guten Morgen zusammen.', 'Wie geht es euch heute?'],
  el: ['Καλημέρα σε όλους.', 'Πώς είστε σήμερα;'],
  en: ['Good morning everyone.', 'How are you today?'],
  es: ['Buenos días a todos.', '¿Cómo están hoy?'],
  et: ['Tere hommikust kõigile.', 'Kuidas teil täna läheb?'],
  fa: ['صبح همگی بخیر.', 'امروز حالتان چطور است؟'],
  fi: ['Hyvää huomenta kaikille.', 'Mitä kuuluu tänään?'],
  fr: ['Bonjour à tous.', "Comment allez-vous aujourd'hui ?"],
  he: ['בוקר טוב לכולם.', 'מה שלומכם היום?'],
  hi: ['सभी को सुप्रभात।', 'आज आप कैसे हैं?'],
  hr: ['Dobro jutro svima.', 'Kako ste danas?'],
  hu: ['Jó reggelt mindenkinek.', 'Hogy vannak ma?'],
  hy: ['Բարի լույս բոլորին։', 'Ինչպե՞ս եք այսօր։'],
  id: ['Selamat pagi semuanya.', 'Apa kabar hari ini?'],
  it: ['Buongiorno a tutti.', 'Come state oggi?'],
  ja: ['皆さん、おはようございます。', '今日はお元気ですか？'],
  ka: ['დილა მშვიდობისა ყველას.', 'როგორ ხართ დღეს?'],
  ko: ['여러분 안녕하세요.', '오늘 어떠세요?'],
  lt: ['Labas rytas visiems.', 'Kaip šiandien sekasi?'],
  my: ['အားလုံး မင်္ဂလာပါ။', 'ဒီနေ့ နေကောင်းလား။'],
  nl: ['Goedemorgen allemaal.', 'Hoe gaat het vandaag?'],
  pl: ['Dzień dobry wszystkim.', 'Jak się dziś macie?'],
  pt: ['Bom dia a todos.', 'Como vocês estão hoje?'],
  ro: ['Bună dimineața tuturor.', 'Ce mai faceți azi?'],
  ru: ['Доброе утро всем.', 'Как у вас дела сегодня?'],
  sv: ['God morgon allihopa.', 'Hur mår ni idag?'],
  ta: ['அனைவருக்கும் காலை வணக்கம்.', 'இன்று எப்படி இருக்கிறீர்கள்?'],
  tr: ['Herkese günaydın.', 'Bugün nasılsınız?'],
  uk: ['Доброго ранку всім.', 'Як ви сьогодні?'],
  ur: ['سب کو صبح بخیر۔', 'آج آپ کیسے ہیں؟'],
  vi: ['Chào buổi sáng mọi người.', 'Hôm nay bạn thế nào?'],
  zh: ['大家早上好。', '你们今天好吗？'],
}
