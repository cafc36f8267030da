import type { Random } from '../random.ts'

/** Prices in cents. `weight` is how often it is bought compared with others of its category. */
export type Product = {
  id: number
  name: string
  category: string
  subcategory: string
  unitCost: number
  listPrice: number
  weight: number
}

/** Categories, the share of order lines of each, and the margins (percent of the list price) of its products. */
export const categories = [
  { name: 'Electronics', share: 18, margin: [20, 34] },
  { name: 'Home & Kitchen', share: 20, margin: [32, 48] },
  { name: 'Clothing', share: 20, margin: [45, 60] },
  { name: 'Books', share: 13, margin: [28, 42] },
  { name: 'Sports & Outdoors', share: 11, margin: [33, 50] },
  { name: 'Toys & Games', share: 9, margin: [34, 52] },
  { name: 'Beauty', share: 9, margin: [44, 60] },
] as const

/** All products of {@link list}, with unit costs drawn within the margins of their category. */
export const createProducts = (random: Random): Product[] => {
  const products: Product[] = []
  for (const block of list.trim().split('\n\n')) {
    const [heading, ...lines] = block.split('\n')
    const [category, subcategory] = heading!.split(' / ') as [string, string]
    const [low, high] = categories.find(c => c.name === category)!.margin
    const subcategoryRank = products.filter(p => p.category === category).length / 5
    lines.forEach((line, rank) => {
      const [, price, name] = /^ *(\d+\.\d\d) (.+)$/.exec(line)!
      const listPrice = Number(price!.replace('.', ''))
      const margin = low + random.below(high - low + 1)
      products.push({
        id: products.length + 1,
        name: name!,
        category,
        subcategory,
        unitCost: Math.round((listPrice * (100 - margin)) / 100),
        listPrice,
        weight: popularity[rank]! * (10 - subcategoryRank),
      })
    })
  }
  return products
}

/** Within a subcategory, the first product sells most. */
const popularity = [10, 7, 5, 3, 2]

const list = `
Electronics / Audio
  79.99 Wireless Earbuds
  49.99 Portable Bluetooth Speaker
  129.00 Noise Cancelling Headphones
  199.00 Compact Soundbar
  249.00 Turntable with Preamp

Electronics / Computer Accessories
  29.99 Wireless Mouse
  69.99 Mechanical Keyboard
  45.00 USB-C Docking Hub
  89.00 Full HD Webcam
  279.00 27-inch Monitor

Electronics / Mobile & Wearables
  24.99 Fast Charger 65 W
  39.99 Power Bank 20,000 mAh
  149.00 Fitness Watch
  229.00 GPS Smartwatch
  329.00 10-inch Tablet

Electronics / Smart Home
  34.99 Smart Plug Set
  59.00 Video Doorbell
  99.00 Smart Thermostat
  119.00 Wi-Fi 6 Router
  189.00 Robot Vacuum

Home & Kitchen / Cookware
  34.99 Cast Iron Skillet
  27.50 Stainless Mixing Bowl Set
  89.00 Nonstick Pan Set
  119.00 Enameled Dutch Oven
  179.00 Tri-Ply Cookware Set

Home & Kitchen / Small Appliances
  44.99 Electric Kettle
  59.99 Personal Blender
  99.00 Air Fryer
  149.00 Stand Mixer
  299.00 Espresso Machine

Home & Kitchen / Bedding & Bath
  29.99 Cotton Bath Towel Set
  59.00 Percale Sheet Set
  39.00 Memory Foam Pillow
  89.00 Down Alternative Comforter
  129.00 Weighted Blanket

Home & Kitchen / Furniture & Lighting
  49.00 LED Desk Lamp
  69.00 Floating Wall Shelf Pair
  139.00 Adjustable Bar Stool
  249.00 Ergonomic Office Chair
  399.00 Standing Desk

Clothing / Women
  34.00 Ribbed Cotton Top
  58.00 High-Rise Straight Jeans
  72.00 Linen Wrap Dress
  64.00 Merino Cardigan
  128.00 Wool Blend Coat

Clothing / Men
  24.00 Heavyweight Crew T-Shirt
  54.00 Slim Chino Pants
  48.00 Oxford Button-Down Shirt
  68.00 Fleece Quarter-Zip
  118.00 Quilted Field Jacket

Clothing / Shoes
  59.00 Canvas Sneakers
  89.00 Everyday Running Shoes
  79.00 Suede Loafers
  119.00 Leather Chelsea Boots
  109.00 Waterproof Ankle Boots

Clothing / Accessories
  18.00 Crew Socks 6-Pack
  28.00 Knit Beanie
  36.00 Leather Belt
  42.00 Cashmere Blend Scarf
  85.00 Canvas Weekender Bag

Books / Fiction
  16.99 The Lighthouse Ledger
  14.99 A Map of Small Rivers
  17.99 The Winter Orchard
  15.99 Letters to Harbor Street
  18.99 The Salt Cartographer

Books / Business
  24.99 The Quiet Manager
  27.99 Pricing in Plain Words
  22.99 Meetings That End
  29.99 The Margin Handbook
  34.99 Forecasting for Shopkeepers

Books / Cooking
  29.99 Weeknight Noodles
  32.50 One Pot, Four Seasons
  27.99 Bread Before Breakfast
  34.99 The Vegetable Year
  39.99 Smoke and Citrus

Books / Children
  9.99 Bear Counts to Ten
  12.99 The Moon Forgot Its Hat
  11.99 Goodnight, Little Tugboat
  14.99 My First Atlas of Weather
  19.99 The Big Book of Bridges

Sports & Outdoors / Fitness
  24.99 Non-Slip Yoga Mat
  19.99 Resistance Band Set
  34.00 Speed Jump Rope Kit
  79.00 Vinyl Dumbbell Set
  189.00 Adjustable Weight Bench

Sports & Outdoors / Camping
  22.99 Rechargeable Headlamp
  49.00 Self-Inflating Sleeping Pad
  69.00 Three-Season Sleeping Bag
  149.00 Two-Person Tent
  99.00 Camp Stove

Sports & Outdoors / Cycling
  29.00 Bike Light Set
  39.00 Floor Pump
  59.00 Commuter Helmet
  45.00 Folding Bike Lock
  129.00 Pannier Bag Pair

Sports & Outdoors / Team Sports
  24.00 Composite Basketball
  29.00 Match Soccer Ball
  44.00 Batting Gloves Pair
  89.00 Infield Baseball Glove
  119.00 Pop-Up Goal Set

Toys & Games / Board Games
  24.99 Harbor Traders
  34.99 Railways of the North
  19.99 Word Relay
  44.99 Kingdom of Tiles
  59.99 Star Cartographers

Toys & Games / Building
  29.99 Wooden Block Set
  39.99 Magnetic Tile Starter Kit
  49.99 Marble Run
  64.99 Gear Robot Kit
  89.99 Castle Construction Set

Toys & Games / Puzzles
  14.99 Animal Floor Puzzle
  17.99 Mountain Lake 1000-Piece Puzzle
  19.99 City Lights 1000-Piece Puzzle
  22.99 Wooden Brain Teasers
  27.99 World Map 2000-Piece Puzzle

Toys & Games / Outdoor Play
  12.99 Giant Bubble Kit
  24.99 Stunt Kite
  34.99 Water Blaster Pair
  79.99 Balance Bike
  119.00 Foldable Kick Scooter

Beauty / Skin Care
  18.00 Gentle Foaming Cleanser
  26.00 Daily Moisturizer SPF 30
  34.00 Vitamin C Serum
  38.00 Overnight Repair Cream
  58.00 Hydrating Mask Set

Beauty / Hair Care
  16.00 Argan Oil Shampoo
  17.00 Smoothing Conditioner
  24.00 Leave-In Repair Spray
  59.00 Ionic Hair Dryer
  89.00 Ceramic Flat Iron

Beauty / Makeup
  14.00 Tinted Lip Balm
  22.00 Volume Mascara
  32.00 Everyday Eyeshadow Palette
  36.00 Long-Wear Foundation
  48.00 Brush Set with Roll

Beauty / Fragrance
  28.00 Citrus Body Mist
  42.00 Cedar Solid Cologne
  64.00 Garden Rose Eau de Parfum
  72.00 Amber Eau de Parfum
  54.00 Discovery Sampler
`
