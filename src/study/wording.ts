const words = (pattern: string) => new RegExp(`\\b(?:${pattern})\\b`, 'i')

/** Words that claim something: of each kind a cited fact must say the same. */
export const claims = {
  up: /\b(?:rose|ris(?:e|es|en|ing)|grew|grow(?:s|n|ing|th)?|increas\w*|climb\w*|jump\w*|surg(?:e|ed|es|ing)|gain(?:s|ed|ing)?)\b|(?<!\b(?:mak\w+|made|add\w*|end\w*) )\bup\b(?! to\b)/i,
  down: words(
    'fell|fall(?:s|en|ing)?|drop\\w*|declin\\w*|decreas\\w*|shr[aiu]nk\\w*|slip(?:s|ped|ping)?|plung\\w*|slump\\w*|sank|down|lost',
  ),
  less: words('loss(?:es)?|negative|below|less|fewer|lower|behind|short|under|minus'),
  better: words('improv\\w*|better|good news|healthy|strong(?:er)?'),
  worse: words('worsen\\w*|worse|bad news|weak(?:er)?|deteriorat\\w*'),
  highest: words('highest|largest|biggest|most(?! of\\b)|leads?(?! to\\b)|led(?! to\\b)|leaders?|top|peak\\w*|record'),
  lowest: words('lowest|smallest|fewest|least|bottom|last place'),
  best: words('best|worst'),
  after: words('second|third|next|after|follow\\w*|two|three|four|five'),
  cause: words('because|due to|driven by|caused?|thanks to|owing to|as a result|explains?|explained by|led to'),
  forecast: words('will|forecasts?|predict\\w*|expected to|likely|next (?:year|quarter|month|week)'),
  /** Amounts that are no figures cannot be checked. */
  amount: words(
    'half|halv\\w+|twice|thrice|doubl\\w+|tripl\\w+|\\w+fold|dozens?|hundreds?|thousands?|millions?|billions?|percent|per cent|thirds?|majority|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety',
  ),
}

/** Words that a sentence may begin with without naming anything. */
export const isOpener = (word: string): boolean => openers.has(word.toLowerCase())

const openers = new Set(
  (
    'a about across after all almost also altogether among an and around as at average before behind below between both but by compared ' +
    'each every few for from half however in is it its just look looking many most nearly neither next no none of on one only or other others ' +
    'out over overall per roughly since so some that the their then there these they this those three through together total two under until ' +
    'what when where which while with within without'
  ).split(' '),
)

const monthNames = 'january february march april june july august september october november december'.split(' ')

/** Names of months, whole and short. */
export const months: ReadonlySet<string> = new Set([
  ...monthNames,
  ...monthNames.map(m => m.slice(0, 3)),
  'may',
  'sept',
])

/** "August 2023" as the labels of time say it: "Aug 2023". */
export const withShortMonths = (text: string): string =>
  text.replace(new RegExp(`\\b(${monthNames.join('|')})\\b`, 'gi'), month => month.slice(0, 3))
