import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { createRandom } from '../random.ts'
import { createTable } from '../write.ts'
import { createProducts, type Product } from './catalogue.ts'
import { type Customer, createCustomers } from './customers.ts'
import { createOrders, type Order } from './orders.ts'
import type { EcommerceSettings } from './settings.ts'
import { customersTable, orderItemsTable, ordersTable, productsTable } from './tables.ts'

/** Fills an empty database with the four tables. `onProgress` hears how many of the orders are made. */
export const buildEcommerce = async (
  connection: DuckDBConnection,
  settings: EcommerceSettings,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> => {
  const customers = createCustomers(settings)
  const products = createProducts(createRandom(`${settings.seed}/products`))
  await writeCustomers(connection, customers)
  await writeProducts(connection, products)
  const orders = await createTable(connection, ordersTable)
  const items = await createTable(connection, orderItemsTable)
  for (const order of createOrders(settings, customers, products)) {
    orders.add(orderRow(order))
    for (const row of itemRows(order)) items.add(row)
    if (order.id % 5000 !== 0) continue
    onProgress(order.id, settings.numOrders)
    await nextTurn()
  }
  orders.close()
  items.close()
  onProgress(settings.numOrders, settings.numOrders)
}

const writeCustomers = async (connection: DuckDBConnection, customers: Customer[]) => {
  const table = await createTable(connection, customersTable)
  for (const c of customers) table.add([c.id, c.name, c.email, c.state, c.city, c.segment, c.signupDay])
  table.close()
}

const writeProducts = async (connection: DuckDBConnection, products: Product[]) => {
  const table = await createTable(connection, productsTable)
  for (const p of products) table.add([p.id, p.name, p.category, p.subcategory, p.unitCost, p.listPrice])
  table.close()
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
