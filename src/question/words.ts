import type { ChartKind } from '#src/vocabulary/chart.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import type { Aggregation, Comparator } from '#src/vocabulary/query.ts'
import { lightVerbs } from './verbs.ts'

/** The words of the grammar. Words about data (what is "cheap", what "USA" is) live in `sql/lexicon/english.yaml`. */

const list = (text: string): string[] => text.trim().split(/\s*\|\s*/)

/** What a cue makes of the words that follow it. */
export type Cue =
  | 'split'
  | 'filter'
  | 'not'
  | 'only'
  | 'versus'
  | 'and'
  | 'or'
  | 'which'
  | 'count'
  | 'amount'
  | 'of'
  | 'sort'
  | 'having'
  | 'be'
  | 'compare'
  | 'list'
  | 'also'
  | 'instead'
  | 'all'
  | 'back'
  | 'drop'
  | 'same'
  | 'add'
  | 'aside'
  | 'included'

export const cues: Record<Cue, string[]> = {
  split: list(
    'by | per | for each | each | every | in each | in every | within each | down by | split by | split into | broken down by | broken out by | break down by | breakdown by | breakdown of | grouped by | group by | segmented by | across | for every | separated by | wise | according to',
  ),
  filter: list(
    'in | from | for | via | with | at | on | through | where | whose | during | within | to | into | over the | throughout | who | that | using | under | inside | about | among | regarding | as for | in terms of | for the',
  ),
  of: list("of | 's | s | across all | over all | among all | across the | across our"),
  not: list(
    'not | except | excluding | exclude | without | other than | but not | apart from | aside from | besides | minus | no | non | not in | not from | not for | not counting | ignoring | leaving out | leave out | outside | outside of | except for | never | not including | excl | everything but | all but | anything but | ignore | ignores | disregard | disregarding | leaving aside | skip | skipping | everything except | all except | everything other than',
  ),
  only: list(
    'only | just | solely | exclusively | limited to | restricted to | limit to | filter to | filter by | filter on | filtered by | filtered to | focus on',
  ),
  versus: list(
    'vs | versus | compared to | compared with | against | as opposed to | relative to | in comparison to | in comparison with | than',
  ),
  compare: list(
    'compare | comparing | comparison of | comparison | difference between | comparison between | compare between',
  ),
  and: list('and | & | + | as well as | plus | , | ; | together with | along with | and also'),
  or: list('or | either'),
  which: list('which | what | who'),
  count: list(
    'how many | number of | count of | count | the number of | total number of | no of | nr of | # | num of | amount of distinct | number | counts of | quantity of distinct',
  ),
  amount: list('how much | amount of | value of | amount'),
  sort: list(
    'rank | ranking | ranked | sort | sorted | sorted by | ordered by | sort by | order by | ranked by | rank by | ranking by | in order of',
  ),
  having: list('have | has | had | having | with a | with an | get | gets | got | see | saw | show up with'),
  be: list('is | are | was | were | be | been | being'),
  list: list('list | list all | list of | names of | name'),
  also: list('also | too | as well | additionally | and what about | plus'),
  instead: list('instead | rather | make it | change to | change it to | switch to | swap for'),
  all: list(
    'all of them | everything | all of it | show all | all again | no filter | no filters | without filters | without the filter | clear filters | remove filters | remove the filter | drop the filter | reset filters | all of those',
  ),
  back: list('back | go back | undo | previous one | revert | back again'),
  drop: list(
    'drop | remove | lose | no more | get rid of | instead of | rather than | in place of | stop splitting by | drop the | remove the',
  ),
  add: list('add | include | put | add back | bring back | put back'),
  aside: list('aside | excluded | left out | not included | not counted | omitted | ignored | set aside'),
  included: list('included | inclusive | counted too | counted as well | counted in'),
  same: list(
    'same | the same | same for | same thing for | what about | how about | and what about | and for | now for | same thing',
  ),
}

/** Which end of a way a value is: "from Dallas to Austin". `about` are words to look for in the names of dimensions. */
export const directions = [
  {
    said: ['from', 'out of', 'leaving', 'departing', 'leaving from', 'departing from'],
    about: ['origin', 'source', 'departure', 'from', 'start', 'sender'],
  },
  {
    said: ['to', 'into', 'arriving', 'arriving in', 'arriving at', 'towards', 'toward', 'bound for'],
    about: ['destination', 'dest', 'arrival', 'to', 'end', 'receiver', 'ship', 'delivery'],
  },
]

/** Words that ask which of two is more, and change nothing when both are shown. */
export const comparatives = new Set(
  list(
    'more | less | higher | lower | bigger | smaller | larger | better | worse | fewer | greater | wins | up | down | stronger | weaker | heavier | lighter',
  ),
)

/** Words that ask politely, point or glue, and change nothing. */
export const fillers = new Set([
  ...list(
    'a | an | the | this | that | these | those | here | there | it | its | they | them | their | me | us | i | we | our | ours | my | mine | you | your | one | ones | own | both',
  ),
  ...list(
    'please | name | pls | plz | thanks | thank | thx | hi | hello | hey | hiya | ok | okay | well | kindly | bot | chartroom | good morning | btw | fyi | asap | hm | hmm | um | uh | er',
  ),
  ...list(
    'show | give | tell | get | fetch | pull | find | see | know | look | looking | looks | looked | let | lets | want | wants | wanna | need | needed | like | love | would | could | can | will | shall | should | may | might | must | curious | wondering | wonder | question | asked | interested | possible | help | quick | quickly',
  ),
  ...list(
    'is | are | was | were | be | been | being | am | im | do | does | did | done | doing | have | has | had | having | got | gotten | gonna | id | ill | ve | re | s',
  ),
  ...list(
    'of | for | in | on | at | to | from | with | as | then | so | about | out | into | across | per | each | every | and | or | but | while | because | since | if | whether | what | how | when | where | who | whom | which',
  ),
  ...list(
    'just | actually | really | overall | total | all | any | some | right | now | currently | ever | again | also | too | still | yet | far | so far | exactly | roughly | approximately | approx | around | everything | whole | entire | combined | together | altogether | e | g | ie | eg | anything | something | at all',
  ),
  ...list(
    'number | numbers | number of | figure | figures | data | value | values | amount | report | stats | statistics | statistic | info | information | breakdown | overview | summary | detail | details | view | result | results | answer | analysis | metric | kpi | measure',
  ),
  ...list(
    'chart | graph | plot | diagram | visual | visualize | visualise | draw | display | picture | filter | filters | grouping | limit | split',
  ),
  ...list('year | month | day | week | period | time | times | minute | minutes | hour | hours'),
  ...list(
    'company | business | type of | types of | kind of | kinds of | sort of | sorts of | were there | there were | all in | all up',
  ),
])

/** What is there, and no thing of the data, unless that has something of this name. */
export const idioms: ReadonlySet<string> = new Set(
  list(
    'on the books | on our books | on record | on our list | in our records | in the records | in our system | in the system | in our database | in the database',
  ),
)

/** Words that say what a column is and nothing of what is in it. */
export const headNouns: ReadonlySet<string> = new Set(
  list('method | type | kind | category | code | option | group | class | name'),
)

/** Things that are sums of money themselves: their total is what they add up to, not how many there are. */
export const moneyNouns: ReadonlySet<string> = new Set(
  list(
    'fee | fine | payment | charge | bill | billing | invoice | refund | donation | expense | cost | deposit | penalty | toll | tax | wage | salary | bonus | tip | premium | rent | grant | payout',
  ),
)

/** Units that may follow a number. */
export const measuringUnits: ReadonlySet<string> = new Set(
  list(
    'h | hr | hrs | hour | hours | min | mins | minute | minutes | sec | secs | second | seconds | kg | kgs | kilos | g | grams | km | kms | kilometers | kilometres | mile | miles | mi | m | meters | metres | cm | lb | lbs | tons | tonnes | points | stars',
  ),
)

/** Single words that the grammar itself uses; never the short form of a name. */
export const grammarWords: ReadonlySet<string> = new Set(
  [...Object.values(cues).flat(), ...lightVerbs].filter(w => !w.includes(' ')),
)

/** "top 5", "worst". `literal` goes by size, `good` by which way is good for the measure. */
export type RankWord = { direction: 'high' | 'low'; sense: 'literal' | 'good' }
export const rankWords: Record<string, RankWord> = Object.fromEntries([
  ...list(
    'top | highest | most | biggest | largest | greatest | maximum | max | leading | main | major | strongest',
  ).map(w => [w, { direction: 'high', sense: 'literal' }]),
  ...list('best | best performing | best selling | top selling | top performing | biggest selling').map(w => [
    w,
    { direction: 'high', sense: 'good' },
  ]),
  ...list('bottom | lowest | least | fewest | smallest | minimum | min | weakest').map(w => [
    w,
    { direction: 'low', sense: 'literal' },
  ]),
  ...list('worst | worst performing | worst selling | poorest | slowest | slowest selling').map(w => [
    w,
    { direction: 'low', sense: 'good' },
  ]),
])

/** Rank words that say how large a thing is by itself, never how many of them there are. */
export const sizeWords: ReadonlySet<string> = new Set(list('biggest | largest | smallest | highest | lowest'))

/** Rank words that name the thing counted most, with no measure: "most popular payment method". */
export const popularity = new Set(
  list('popular | common | frequent | used | frequently used | commonly used | typical | active | ordered | bought'),
)

export const comparatorWords: Record<string, Comparator> = Object.fromEntries([
  ...list(
    'over | above | more than | greater than | larger than | bigger than | higher than | exceeding | exceeds | exceed | exceeded | > | in excess of | beyond | better than | upwards of | north of',
  ).map(w => [w, 'gt']),
  ...list('at least | minimum of | >= | ≥ | no less than | not less than | a minimum of | or more').map(w => [
    w,
    'gte',
  ]),
  ...list('under | below | less than | fewer than | smaller than | lower than | < | south of | worse than').map(w => [
    w,
    'lt',
  ]),
  ...list(
    'at most | maximum of | <= | ≤ | up to | no more than | not more than | a maximum of | not over | or less | or fewer',
  ).map(w => [w, 'lte']),
  ...list('exactly | equal to | equals | =').map(w => [w, 'eq']),
])

export const aggregationWords: Record<string, Aggregation> = Object.fromEntries([
  ...list('average | avg | mean | averaged | averages | on average | typical | ave').map(w => [w, 'avg']),
  ...list(
    'total | sum | sum of | added up | add up | adds up | summed | overall total | in total | altogether | totals',
  ).map(w => [w, 'sum']),
  ...list('median').map(w => [w, 'median']),
  ...list('maximum | max | peak').map(w => [w, 'max']),
  ...list('minimum | min').map(w => [w, 'min']),
  ...list('distinct | unique | different').map(w => [w, 'count_distinct']),
])

export const grainWords: Record<string, Grain> = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
  annual: 'year',
  annually: 'year',
}
export const trendWords = new Set(
  list(
    'over time | trend | trends | timeline | time series | trending | evolution | evolve | evolved | history | historical | trendline | developed | develop | develops | developing | development | progression',
  ),
)

/** Words for a change from one period to another, and the direction they claim. */
export const changeWords = new Set(
  list(
    'percentage change | percent change | % change | percentage growth | percent growth | % growth | growth | grow | grew | grown | growing | change | changed | changes | increase | increased | increases | decrease | decreased | decline | declined | drop | dropped | dropping | fall | fell | falling | rise | rose | rising | jump | jumped | spike | spiked | dip | dipped | delta | gain | gained | plunge | plunged | shrink | shrank | improve | improved | worsen | worsened | development',
  ),
)
export const changeAcronyms: Record<string, Grain> = {
  mom: 'month',
  yoy: 'year',
  qoq: 'quarter',
  wow: 'week',
  dod: 'day',
}

export const shareWords = list(
  'share | shares | percentage | percent | proportion | fraction | % | pct | portion | contribution | what part | how much of | mix | as a percentage | as a percent | as percentage | as a share | percentage share | percentages | as a %',
)
export const cumulativeWords = list(
  'cumulative | cumulatively | running total | running sum | running | accumulated | cumulated',
)
export const whyWords = list(
  'why | what caused | what drove | what is driving | what drives | explain | what explains | reason for | reasons for | cause of | what is behind | how come | what happened to | drivers of | driver of | what are the drivers of',
)
export const forecastWords = list(
  'forecast | predict | prediction | projection | project | projected | forecasted | forecasts | outlook | expected',
)

export const chartWords: Record<string, ChartKind | 'stacked' | 'grouped'> = Object.fromEntries([
  ...list('pie | donut | doughnut | pie chart | donut chart').map(w => [w, 'donut']),
  ...list('bar | bars | bar chart | bar graph | column chart | columns chart | histogram bars').map(w => [w, 'bar']),
  ...list('line | lines | line chart | line graph').map(w => [w, 'line']),
  ...list('area | area chart').map(w => [w, 'area']),
  ...list('scatter | scatter plot | scatterplot').map(w => [w, 'scatter']),
  ...list('heatmap | heat map').map(w => [w, 'heatmap']),
  ...list('histogram | distribution').map(w => [w, 'histogram']),
  ...list('map | tile map').map(w => [w, 'tilemap']),
  ...list('table').map(w => [w, 'table']),
  ...list('small multiples').map(w => [w, 'facet']),
  ...list('stacked | stacked bar | stacked bars').map(w => [w, 'stacked']),
])

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
