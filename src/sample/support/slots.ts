import { createRandom, type Random } from '../random.ts'
import type { Product } from './categories.ts'

/** What stands for a `{slot}` in a phrase. */
export const fillSlots = (phrase: string, random: Random, product: Product): string =>
  phrase.replace(/\{(\w+)\}/g, (_, slot: string) => fillers[slot]?.(random, product) ?? slot)

const digits = (random: Random, count: number) => String(random.below(9 * 10 ** (count - 1)) + 10 ** (count - 1))

/** Part numbers that are asked for again and again. */
const wanted = {
  pool: ['25357-000-000', '340039', 'SPX1600Z2', 'R0357200', 'C-7483', '011018', 'CX1750RE', '27001-0119', 'EC-40'],
  landscape: ['PGP-ADJ', '1804', 'PRO-C 12', 'MP2000-90', 'XFS-09-12', '5004PC', 'PEB-100', 'R-VAN14', 'DVF-100'],
}

/** As makers of pool and irrigation equipment write them. */
const makePart = (random: Random): string =>
  random.pick([
    () => digits(random, 6),
    () => `${digits(random, 5)}-${digits(random, 4)}`,
    () => `${random.pick(['SPX', 'CX', 'R0', 'W3', 'HPX'])}${digits(random, 4)}${random.pick(['', 'Z2', 'A', 'S'])}`,
    () => `${random.pick(['C', 'FC', 'PA', 'MP'])}-${digits(random, 4)}`,
  ])()

/** The rest of the catalogue; what stands further in front is asked for more. */
const catalogue = Array.from({ length: 3000 }, (_, k) => makePart(createRandom(`part/${k}`)))

const partOf = (random: Random, product: Product) =>
  random.chance(45)
    ? random.pick(wanted[product])
    : catalogue[Math.floor(catalogue.length * random.fraction() * random.fraction())]!

const models = {
  pool: {
    pump: ['IntelliFlo', 'SuperFlo', 'WhisperFlo', 'TriStar', 'Super Pump', 'Challenger', 'MaxFlo'],
    filter: ['Clean and Clear 420', 'SwimClear C4030', 'Triton II', 'Star-Clear', 'CV460', 'System 3'],
    item: ['chlorine tabs', 'pool light', 'salt cell', 'heater', 'robotic cleaner', 'skimmer basket', 'PVC union'],
  },
  landscape: {
    pump: ['Mini-Clik', 'CPS pump', 'booster pump', 'ST-61P', 'Gator pump'],
    filter: ['disc filter', 'screen filter 1 inch', 'Y filter', 'drip zone filter'],
    item: [
      'rotor heads',
      'drip tubing',
      'bluestone',
      'mulch',
      'paver base',
      'fescue seed',
      'a 6 zone controller',
      'LED path lights',
    ],
  },
}

const of = (kind: keyof (typeof models)['pool']) => (random: Random, product: Product) =>
  random.pick(models[product][kind])

const cities = [
  'Tampa',
  'Phoenix',
  'Orlando',
  'Dallas',
  'San Antonio',
  'Las Vegas',
  'Charlotte',
  'Sacramento',
  'Fort Myers',
]
const firstNames = ['Alex', 'Maria', 'Jordan', 'Chris', 'Luis', 'Sam', 'Dana', 'Pat']

const fillers: Record<string, (random: Random, product: Product) => string> = {
  part: partOf,
  pump: of('pump'),
  filter: of('filter'),
  item: of('item'),
  defilter: random => random.pick(['FNS Plus 60', 'Pro-Grid DE4820', 'Nautilus', 'DE 6020', 'Quad DE 80']),
  city: random => random.pick(cities),
  zip: random => digits(random, 5),
  gallons: random => String(5_000 + 1_000 * random.below(40)),
  cubic: random => String(20 + 5 * random.below(20)),
  number: random => String(2 + random.below(40)),
  order: random => random.pick([`SO-${digits(random, 6)}`, `PO ${digits(random, 4)}`, `#${digits(random, 7)}`]),
  invoice: random => `INV${digits(random, 6)}`,
  // Numbers and domains that are set aside for examples: https://www.rfc-editor.org/rfc/rfc2606, https://en.wikipedia.org/wiki/555_(telephone_number)
  phone: random => `(${random.pick(['813', '602', '407', '214'])}) 555-01${digits(random, 2)}`,
  mail: random => `${random.pick(firstNames).toLowerCase()}${random.below(90)}@example.com`,
  person: random => random.pick(firstNames),
}
