import type { TableSpec } from '../table.ts'

export const customersTable: TableSpec = {
  name: 'customers',
  columns: {
    customer_id: 'integer',
    name: 'text',
    email: 'text',
    state: 'text',
    city: 'text',
    segment: 'text',
    signup_date: 'date',
  },
  primaryKey: ['customer_id'],
}

export const productsTable: TableSpec = {
  name: 'products',
  columns: {
    product_id: 'integer',
    product_name: 'text',
    category: 'text',
    subcategory: 'text',
    unit_cost: 'money',
    list_price: 'money',
  },
  primaryKey: ['product_id'],
}

export const ordersTable: TableSpec = {
  name: 'orders',
  columns: {
    order_id: 'integer',
    customer_id: 'integer',
    ordered_at: 'timestamp',
    status: 'text',
    payment_method: 'text',
    channel: 'text',
    shipping_state: 'text',
    discount: 'money',
    shipping_fee: 'money',
  },
  primaryKey: ['order_id'],
}

export const orderItemsTable: TableSpec = {
  name: 'order_items',
  columns: {
    order_id: 'integer',
    line_no: 'integer',
    product_id: 'integer',
    quantity: 'integer',
    unit_price: 'money',
    amount: 'money',
  },
  primaryKey: ['order_id', 'line_no'],
}

export const ecommerceTables: TableSpec[] = [customersTable, productsTable, ordersTable, orderItemsTable]
