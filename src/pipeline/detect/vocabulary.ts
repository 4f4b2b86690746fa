/**
 * Small English word lists of our own. Matching is by whole words, upper or lower case. In other languages they match next to
 * nothing, and the features built on them stay neutral; what is measured on turns, pauses, sound and picture goes on working.
 */

export const humourPhrases = phrases({
  words: `laugh laughs laughing laughed funny hilarious joke jokes joking kidding haha ha hah lol ridiculous silly 
    goofy absurd awkward embarrassing embarrassed prank pun weird weirdo dumb stupid idiot crazy nuts insane mess 
    clown nerd nerds pants butt fart beer drunk grandma zombie zombies banana duck roast`,
  phrases: `oh my god|oh my gosh|no way(?! to )(?! that )(?! of )(?! around )(?! you )(?! we )(?! i )(?! they )|are you serious|just kidding|what the heck|what the hell|making fun|cracks me up|
    dad joke|i was like|he was like|she was like`,
})

export const emotionPhrases = phrases({
  words: `love loved loves hate hated amazing awesome incredible unbelievable scared scary afraid terrified terrifying 
    fear angry anger furious rage mad cry cried crying tears proud shame ashamed guilty shocked shocking 
    surprised heartbroken heartbreaking beautiful horrible terrible awful wonderful painful pain hurt hurts sad 
    grief joy happy happiest excited thrilled nervous panic panicked anxious worried worst nightmare dream 
    grateful lonely alone hope hopeless regret miserable disgusting devastated relieved died death`,
  phrases: `blew my mind|broke my heart|burned out|freaked out|fell in love|the best day|the worst day`,
})

export const hookPhrases = phrases({
  words: `imagine`,
  phrases: `here's the thing|the thing is|the truth is|the secret|turns out|nobody tells you|no one tells you|
    nobody talks about|what if|have you ever|did you know|let me tell you|i'll tell you|the biggest mistake|
    the problem is|the real reason|the reason why|most people|everyone thinks|everybody thinks|you're wrong|
    unpopular opinion|hot take|i was wrong|i never told|the first time|one day|guess what|here's why|here's how|
    the moment|never forget|it changed|stop doing|the number one`,
})

export const contrastPhrases = phrases({
  words: `instead however ironically contrary surprisingly although yet`,
  phrases: `but actually|the opposite|in reality|in fact|on the other hand|not because|rather than|except that|the irony|
    even though`,
})

export const superlativePhrases = phrases({
  words: `best worst biggest smallest fastest slowest hardest easiest craziest funniest strangest weirdest greatest 
    dumbest smartest scariest richest oldest youngest longest first last only never always ever everyone nobody`,
  phrases: `most important|most people|in the world|of all time`,
})

export const storyPhrases = phrases({
  words: `suddenly`,
  phrases: `i remember|when i was|years ago|one day|one time|once upon|that night|that morning|that day|the next day|
    i was like|he was like|she was like|they were like|i said|he said|she said|they said|told me|i told|asked me|
    and then|so then|all of a sudden|it turned out|turns out|ended up|i got a call|grew up|back then|at the time|
    my mom|my dad|my wife|my husband|my boss|my friend`,
})

export const advicePhrases = phrases({
  words: `tip tips`,
  phrases: `you should|you shouldn't|you need to|you have to|you want to|you can|don't ever|never do|always do|make sure|
    my advice|i'd recommend|i recommend|the trick|the key is|the way to|how to|start with|stop doing|try to|
    a good rule|rule of thumb|the lesson|if you're|if you want|the mistake|learn to|focus on|here is what you|here's what you`,
})

export const insightPhrases = phrases({
  words: `because fundamentally essentially interesting insight`,
  phrases: `the reason|i think|i believe|what i learned|i realized|i realised|it means|which means|the point is|
    the idea is|the question is|in other words|for example|the difference|the interesting thing|the problem`,
})

export const newsPhrases = phrases({
  words: `announced announcement released launched launching launch breaking acquired acquisition lawsuit percent 
    million billion`,
  phrases: `just shipped|today we|this week|last week|this morning|the new version|as of|according to`,
})

export const disagreementPhrases = phrases({
  words: `disagree argue argument debate nonsense`,
  phrases: `i disagree|that's not true|not true|you're wrong|i don't agree|i don't think so|no no|wait wait|hold on|
    come on|to be fair|devil's advocate|unpopular opinion|hot take|are you kidding|absolutely not|i hate that`,
})

export const housekeepingPhrases = phrases({
  words: `sponsor sponsors sponsored subscribe subscribed subscriber newsletter coupon patreon merch registration microphone
    episodes housekeeping`,
  phrases: `show notes|promo code|discount code|free trial|rate and review|leave a review|five stars|thanks for listening|
    thanks for watching|thank you for listening|thanks for joining|thanks for having me|thank you for having me|
    welcome to|welcome back|welcome everyone|hello everyone|hi everyone|today's episode|this episode|next episode|
    next week|previous episode|brought to you|links in|link in the|in the description|follow us|find us|
    find me on|where can people|sign up|our guest|joined by|i'm joined|today's guest|let's get started|
    before we start|before we begin|on the agenda|next slide|can everyone hear|can you hear me|share my screen|
    let me share|you're muted|on mute|take a break|we'll be right back|that's all we have|see you next|join us|
    coming up|stay tuned|hit the bell|the schedule|lunch is|record this|recording this|recorded this|
    start recording|stop recording|check the time|out of time|time for one more`,
})

/** How people announce that something new comes: discourse markers set off by a mark, requests, "here's". */
export const topicCue =
  /^(?:(?:now|so|okay|ok|alright|all right|right|well|anyway)[,.]|speaking of|let's talk|let me ask|i want to|i wanted to|tell us|tell me|talk about|here's|here is|what about|how about)(?![\p{L}'])/u

/** Remarks about the talk itself: they announce what is said next, and say none of it. */
export const announcement =
  /^(?:let's talk|let me (?:ask|tell)|tell (?:us|me)|give (?:us|me)|talk about|here is (?:something|the thing)|here's (?:something|the thing)|guess what)(?![\p{L}'])|(?<![\p{L}'])(?:we|i|you)(?:'ve| have| had)?(?: always| also| just)? (?:wanted to (?:ask|say|talk)|should (?:also )?(?:say|mention)|argued|talked|spoke|discussed|mentioned|were saying|was saying)(?![\p{L}'])/u

/** Verbs that open a sentence of advice; not "give", "tell" or "let", with which people ask for something. */
export const imperatives =
  words(`stop never always don't avoid remember forget try keep start make use take put get go check wait find pick choose buy turn hold
  write read learn ask think focus build add remove set cut wash cook call save invest practice practise measure ignore`)

/** Past forms that don't end in -ed. */
export const irregularPast =
  words(`was were had did said told went came got gave took made left thought knew found saw felt heard met ran sat stood held kept lost
  won paid sold bought brought built sent spent wrote read spoke began became broke chose drove ate fell flew forgot grew hid led meant
  put rode sang slept stole swam taught threw understood woke wore wasn't weren't hadn't didn't couldn't`)

/** First words of people who react to what was just said. */
export const reactionWords =
  words(`oh wow whoa ooh ah aah ha haha hah yeah yes yep no nope nah hey okay ok right exactly really what seriously true nice
  gosh damn man dude sure totally absolutely definitely awesome cool amazing huh hm hmm mm aww`)

/**
 * First words that hang on what was said before; how much, from 0 to 1. All languages in one list, so that no language has to be known: left
 * out is what opens sentences in another one, such as French "car" and "on", Dutch "en" and "want", German "die".
 */
export const leaningWords: ReadonlyMap<string, number> = new Map([
  ...weighted('and but or because which nor plus whereas', 1),
  ...weighted("that that's it it's he he's she she's they they're them him this these those its his", 0.7),
  ...weighted(
    'so then also too anyway yeah yes no nope yep right exactly okay ok mhm uh-huh true sure well there',
    0.5,
  ),
  ...weighted('und aber oder sondern denn weil', 1),
  ...weighted(
    `er sie dies dieser diese dieses diesem diesen ihn ihm deshalb deswegen darum daher dadurch dazu dabei damit davon danach
    daraufhin trotzdem außerdem stattdessen jedoch`,
    0.7,
  ),
  ...weighted('dann doch ja nein genau stimmt nun', 0.5),
  ...weighted('y e pero sino porque pues', 1),
  ...weighted('él ella ellos ellas eso esto esa ese esas esos aquello entonces además tampoco', 0.7),
  ...weighted('sí claro exacto vale bueno así también', 0.5),
  ...weighted('et mais ou donc puis', 1),
  ...weighted(
    "ils elle elles ça cela ceci c'est c'était c'est-à-dire celui celle ceux celles lui pourtant cependant",
    0.7,
  ),
  ...weighted("alors oui non voilà ensuite aussi ainsi d'accord", 0.5),
  ...weighted('mas então', 1),
  ...weighted('ele ela eles elas isso isto aquilo esse essa esses essas este esta depois portanto', 0.7),
  ...weighted('sim não claro pois aí daí assim também', 0.5),
  ...weighted('ma perché quindi', 1),
  ...weighted('lui lei loro questo questa quello quella allora maar omdat dus hij zij deze', 0.7),
  ...weighted('и а но или потому', 1),
  ...weighted('он она они оно это этот эта поэтому тогда', 0.7),
  ...weighted('да нет ну так тоже', 0.5),
  ...weighted('ولكن لكن لأن لذلك ثم लेकिन और क्योंकि इसलिए 하지만 그리고 그런데 그러나 그래서 왜냐하면', 1),
  ...weighted('هو هي هذا هذه ذلك वह वे यह ये 그는 그녀는 그건 그것은 이건', 0.7),
])

/** The same where it takes more than one word, or words are written without blanks; "Das ist", but not "Das Haus", nor the Italian "Il treno". */
export const leaningBeginning = new RegExp(
  String.raw`^[^\p{L}\p{N}]*(?:(?:${[
    'das (?:ist|war|hat|heißt|kann|muss|macht|geht|ging|wird|wäre|stimmt|liegt|sind|waren)',
    String.raw`es (?!(?:una?|el|l[ao]s?|que|muy|como|por|más|importante|verdad|cierto|posible|lunes)(?![\p{L}]))`,
    "il (?:a|est|était|avait|aura|sera|serait|aurait|va|allait|fait|faisait|dit|disait|peut|pouvait|doit|veut|voulait|sait|savait|ne|me|se|nous|vous|en|m'|s'|n'|l'|lui)",
    'por (?:eso|lo tanto|ello|isso)|así que|o sea|es decir|ou seja|par conséquent|du coup|per questo',
  ].join(
    '|',
  )})(?=[\s,]|(?<=['’ ]))|但是?|所以|因为|因為|而且|然后|然後|可是|不过|不過|于是|因此|他|她|它|这|這|那|でも|だから|しかし|そして|それ|その|だって|けど|なので|つまり|彼)`,
  'u',
)

/** Beginnings from that list that open something of their own: "There was a king", "Es war einmal", "Il y a dix ans". */
export const standingBeginning =
  /^[^\p{L}\p{N}]*(?:there(?:'s| is| are| was| were| used to)|es (?:gibt|gab|war einmal)|il (?:y a|y avait|faut|était une fois)|c'est l'histoire)(?![\p{L}\p{N}])/u

/** What people say while they think; no sentence of these alone is worth a title. */
export const fillerWords =
  words(`um uh uhm er erm hm hmm mm mhm like well so and but or yeah yes no okay ok right oh ah actually basically literally
  honestly anyway now just really you know i mean sort of kind because exactly sure alright hey wow cool nice totally
  thank thanks hello hi bye`)

export const numberWords =
  words(`two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty sixty seventy
  eighty ninety hundred hundreds thousand thousands million millions billion billions trillion half twice percent dozen`)

/** Words too common to say what a passage is about. */
export const commonWords =
  words(`the a an and or but of to in on at is are was were be been being it its it's that that's this these those i i'm i've i'd i'll
  you you're you've he she we we're they they're my your our their me him her us them so if then as with for from by not do does did done
  don't doesn't didn't have has had having just like know think really going gonna get got gets can can't could would should will won't what
  what's when where who how why there there's here about up out off over all any some one no more most into than also because very much
  many now yeah yes okay right well thing things kind sort lot lots way want said say says saying see look make made actually mean maybe
  something anything everything someone people good great little bit even still back only other them each every been too go went come came
  take took let let's use using used need try put oh um uh cool`)

interface PhraseList {
  /** Single words, separated by spaces. */
  words: string
  /** Phrases, separated by `|`. */
  phrases: string
}

function phrases({ words: single, phrases: several }: PhraseList): RegExp {
  const all = [...single.split(/\s+/), ...several.split('|').map((phrase) => phrase.replace(/\s+/g, ' ').trim())]
  // Longest first, so that "most people" is not read as "most".
  const ordered = all.filter((phrase) => phrase !== '').sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  return new RegExp(`(?<![\\p{L}\\p{N}'])(?:${ordered.join('|')})(?![\\p{L}\\p{N}'])`, 'giu')
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''))
}

function weighted(list: string, weight: number): [string, number][] {
  return list.split(/\s+/).map((word) => [word, weight])
}
