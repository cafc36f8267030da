import type { Random } from '../random.ts'

/** A made-up person with an address that can never receive mail. */
export const personName = (random: Random) => {
  const [first, last] = [random.pick(firstNames), random.pick(lastNames)]
  return { name: `${first} ${last}`, mailbox: `${first}.${last}`.toLowerCase(), host: 'example.com' }
}

/** A made-up company with an address that can never receive mail. */
export const companyName = (random: Random) => {
  const [start, trade, form] = [random.pick(companyStarts), random.pick(companyTrades), random.pick(companyForms)]
  const mailbox = `office.${start}.${trade}`.toLowerCase().replaceAll(' ', '-')
  return { name: `${start} ${trade} ${form}`, mailbox, host: 'example.org' }
}

const words = (text: string) => text.trim().split(/\s+/)

const firstNames = words(`
  Olivia Emma Amelia Sophia Charlotte Mia Isabella Ava Evelyn Luna Harper Camila Sofia Eleanor Violet Hazel Aria Nora
  Lily Grace Naomi Priya Mei Aaliyah Fatima Ingrid Keiko Rosa Leila Tamara Liam Noah Oliver James Elijah Mateo Theodore
  Henry Lucas William Benjamin Levi Sebastian Daniel Samuel Michael Ethan Owen Jackson Hudson Omar Ravi Jin Kwame Andre
  Diego Pavel Marcus Hiro Tobias
`)

const lastNames = words(`
  Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson
  Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young
  Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts
  Patel Kim Chen Singh Okafor Novak Fischer Rossi Tanaka Haddad Lindgren Kowalski Silva Murphy Reed Cook Morgan Bell
`)

const companyStarts = `Blue Ridge,Cedar Point,Granite,Harborline,Juniper,Keystone Valley,Lakeshore,Maple Street,
  Northgate,Oak Hollow,Pinecrest,Redwood,Riverbend,Silver Creek,Stonebridge,Summit,Sunfield,Twin Falls,Westbrook,
  Willow Run,Bright Harbor,Copper Canyon,Elm Grove,Foxglove,Golden Mesa,High Plains,Ironwood,Prairie,Tidewater,Vista`
  .split(',')
  .map(word => word.trim())

const companyTrades = words(`
  Logistics Supply Dental Architects Consulting Bakery Fitness Landscaping Veterinary Printing Catering Analytics
  Construction Realty Insurance Media Robotics Textiles Freight Studios Pharmacy Hardware Travel Legal Energy
`)

const companyForms = ['Inc.', 'LLC', 'Co.', 'Group', 'Partners']
