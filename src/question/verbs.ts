/**
 * Verbs that mostly tie words together ("customers *who bought* books"). None is passed over for being in here: `passed-verbs.ts` looks at
 * what each says beside the query. Grouped by what has to be there for a verb to say nothing of its own.
 */
const list = (text: string): string[] => text.trim().split(/\s*\|\s*/)

/** Rows are there, and that is all: "that *happened*", "*came* in", "*are based* in". */
export const existing = new Set(
  list(
    'go | goes | went | going | come | comes | came | coming | happen | happened | occur | occurred | measured | recorded | counting | belong | belongs | sit | sits | sitting | sat | based | located | found | fall | falls | break | show up | go with | went with | look after | looks after | looked after | account | accounts | accounted | represent | represents',
  ),
)

/** Brings rows into being: "orders *placed*", "tickets *opened* in May", where the date is that of their beginning. */
export const beginning = new Set(
  list(
    'started | began | make | makes | made | take | takes | took | taken | bring | brings | brought | buy | buys | bought | buying | order | ordered | purchase | purchased | place | placed | send | sends | sent | submit | submitted | open | opened | create | created | book | booked | file | filed | raise | raised | log | logged | issue | issued | record | request | requested | report | reported | enter | entered | register | give | gives | gave | given | generate | generates | generated | receive | received | receiving | sell | sells | sold | selling | contribute | contributes | contributed',
  ),
)

/** Has things, with no time to it: "the buildings we *manage*". */
export const having = new Set(
  list(
    'manage | manages | managed | hold | holds | held | carry | carries | carried | run | ran | serve | serves | served',
  ),
)

/** Says again that there is an amount: "revenue *made* in Texas", "the discount *given*". */
export const amounting = new Set(
  list(
    'make | makes | made | bring | brings | brought | earn | earned | generate | generates | generated | take | takes | took | achieved | win | wins | won | hit | rack | rack up | racks up | racked up | run up | runs up | ran up | take in | takes in | took in | bring in | brings in | brought in | pull in | pulls in | pulled in | incurred | reach | reached | contribute | contributes | contributed | carry | carries | carried | give | gives | gave | given | sell | sells | sold | selling | billed | invoiced | handle | handles | handled | process | processed',
  ),
)

/** Moves money: what was due and what came in are two numbers. */
export const paying = new Set(list('pay | pays | paid | collect | collects | collected'))

/** Moves money away. */
export const spending = new Set(list('spend | spent | pay | pays | paid'))

/** Asks for money: said again of what is such money itself. No word of the first list, for tables may be called so. */
export const charging = new Set(list('charge | charged | billed | invoiced'))

/** Brings money in. */
export const earning = new Set([
  ...list(
    'take | takes | took | taken | make | makes | made | bring | brings | brought | earn | earned | generate | generated',
  ),
  ...charging,
])

/** Says something of its own, unless the data says it as well. */
const telling = list(
  'use | uses | used | using | spend | spent | handle | handles | handled | process | processed | win | wins | won | hit | live | lives | living | stay | travel | travelled | traveled | reach | reached | lasts | lasted | worked | wrote | written | borrow | borrows | borrowed | rent | rents | rented | attend | attends | attended | visited | teach | teaches | taught',
)

/** Whoever it may be. */
export const anybody = new Set(list('people | person | persons | someone | somebody | anyone | anybody | folk'))

/** All of these: tried as words that say nothing, unless the data itself has such a name or value. */
export const lightVerbs: ReadonlySet<string> = new Set([
  ...existing,
  ...beginning,
  ...having,
  ...amounting,
  ...paying,
  ...telling,
  ...anybody,
])

/** Of these, what somebody does again and again: its day is not the day that somebody came into being. */
export const deeds = new Set(
  list(
    'bought | buy | buys | purchase | purchased | ordered | order | booked | book | borrowed | borrow | rented | rent | attended | attend | visited | used | use | spent | spend | paid | pay | placed | took | take | received | sold | sell | sent | taught | teach | gave | give | given | donated | contributed',
  ),
)

/** Words behind a verb that make another verb of it: "*came back*", "*ran out*", "*signed off*". */
export const particles = new Set(
  list(
    'back | out | off | away | over | down | up | through | apart | behind | aside | along | around | round | forward | ahead',
  ),
)

/** With these, it is no other verb. */
export const plainPairs = new Set(
  list(
    'rack up | racked up | racks up | run up | runs up | ran up | end up | ended up | add up | make up | makes up | made up | show up | take out | takes out | took out | taken out | sent out | send out | sends out | given out | gave out | break down | go up | go down | went up | went down | goes up | goes down | going up | going down | come out | comes out | came out | go through | went through | come through | came through | sell through',
  ),
)

/** Words for one thing, by their roots: what a verb says again need not be the same word. */
export const kin: readonly (readonly string[])[] = [
  list('sell | sale | buy | purchase | order | sold | bought | revenue | sales'),
  list('pay | payment | paid | payer | collect | collection | collected | settled'),
  list('send | sent | ship | shipment | shipped | dispatch | dispatched'),
  list('spend | spent | spending | cost | expense | expenditure | price | fee | charge | budget | salary | wage'),
  list('find | found | source | channel | referral | referrer | medium | lead'),
  list('charged | fee | fine | toll | charge'),
  list('bill | billed | billing | invoice | invoiced'),
  list('write | wrote | written | invoice | bill | policy | prescription | report | note | review'),
  list('teach | lesson | course | class | teacher | taught'),
  list('attend | attendance | event | class | session | lesson | course'),
  list('visit | visitor | appointment | stay'),
  list('travel | trip | route | distance | flight | journey | ride | traveller'),
  list('live | city | state | country | home | address | region | district | residence | county | town'),
  list('stay | night | reservation | booking | guest'),
  list('use | usage | user | session | message'),
  list('borrow | loan | lend'),
  list('rent | rental | lease'),
  list('last | duration | length | minutes | hours | time | days | nights'),
  list('carry | carrier | freight'),
  list('take | minutes | hours | duration | days | time'),
  list('book | booking | booked | reservation | reserve'),
]

/** Words of a date that rows begin at: "created at", "ordered on", "date". */
export const beginnings = new Set(
  list(
    'create | open | start | begin | pick | pickup | order | place | issue | submit | file | receive | register | registration | signup | sign | join | request | report | log | raise | enter | date | day | time | timestamp | month | year | purchase | buy | sale | sell | apply | application | enrol | enrolment | enroll | enrollment | hire | borrow | loan | make | transaction | post | record | book | booking | at | on',
  ),
)
