import { setImmediate as nextTurn } from 'node:timers/promises'
import { createRandom } from '../random.ts'
import type { OpenTable } from '../table.ts'
import { createProducts, type Product } from './catalogue.ts'
import { type Customer, createCustomers } from './customers.ts'
import { createOrders, type Order } from './orders.ts'
import type { EcommerceSettings } from './settings.ts'
import { customersTable, orderItemsTable, ordersTable, productsTable } from './tables.ts'

/** Makes and fills the four tables. `onProgress` hears how many of the orders are made. */
export const buildEcommerce = async (
  openTable: OpenTable,
  settings: EcommerceSettings,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> => {
  const customers = createCustomers(settings)
  const products = createProducts(createRandom(`${settings.seed}/products`))
  await writeCustomers(openTable, customers)
  await writeProducts(openTable, products)
  const orders = await openTable(ordersTable)
  const items = await openTable(orderItemsTable)
  for (const order of createOrders(settings, customers, products)) {
    orders.add(orderRow(order))
    for (const row of itemRows(order)) items.add(row)
    if (order.id % 5000 !== 0) continue
    onProgress(order.id, settings.numOrders)
    await orders.flush()
    await items.flush()
    await nextTurn()
  }
  await orders.close()
  await items.close()
  onProgress(settings.numOrders, settings.numOrders)
}

const writeCustomers = async (openTable: OpenTable, customers: Customer[]) => {
  const table = await openTable(customersTable)
  for (const c of customers) table.add([c.id, c.name, c.email, c.state, c.city, c.segment, c.signupDay])
  await table.close()
}

const writeProducts = async (openTable: OpenTable, products: Product[]) => {
  const table = await openTable(productsTable)
  for (const p of products) table.add([p.id, p.name, p.category, p.subcategory, p.unitCost, p.listPrice])
  await table.close()
}

const orderRow = (o: Order) => [
  o.id,
  o.customerId,
  o.orderedAt,
  o.status,
  o.paymentMethod,
  o.channel,
  o.shippingState,
  o.discount,
  o.shippingFee,
]

const itemRows = ({ id, lines }: Order) =>
  lines.map((line, i) => [id, i + 1, line.product.id, line.quantity, line.unitPrice, line.amount])
