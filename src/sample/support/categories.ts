/** What a message is about, as the bot's router names it. */
export const categories = [
  'Product catalog',
  'Compatible parts',
  'Pricing / inventory',
  'Invoice / payment',
  'Product manuals',
  'Orders',
  'General conversation',
  'Tutorial videos',
  'Out of scope',
  'Nearest branch',
] as const
export type Category = (typeof categories)[number]

export type Product = 'pool' | 'landscape'

/** How many of 1000 sessions are mostly about each. */
export const categoryShares: Record<Product, Record<Category, number>> = {
  pool: {
    'Product catalog': 170,
    'Compatible parts': 190,
    'Pricing / inventory': 210,
    'Invoice / payment': 70,
    'Product manuals': 80,
    Orders: 110,
    'General conversation': 50,
    'Tutorial videos': 40,
    'Out of scope': 25,
    'Nearest branch': 55,
  },
  landscape: {
    'Product catalog': 240,
    'Compatible parts': 120,
    'Pricing / inventory': 200,
    'Invoice / payment': 80,
    'Product manuals': 50,
    Orders: 140,
    'General conversation': 45,
    'Tutorial videos': 25,
    'Out of scope': 30,
    'Nearest branch': 70,
  },
}
