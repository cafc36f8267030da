import { loadModel } from '#src/semantic/load.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** The problems that loading a text reports, without heading and indent; none when it loads. */
export const problemsOf = (text: string, path = 'model.yaml'): string[] => {
  try {
    loadModel(text, path)
    return []
  } catch (error) {
    if (!(error instanceof ChartroomError) || error.code !== 'model/invalid') throw error
    return error.message
      .split('\n')
      .slice(1)
      .map(line => line.slice(2))
  }
}

/** A small sound model, with more of it added. */
export const small = (more = '') => `domain: shop
tables:
  orders: { key: order_id, time: ordered_at, columns: { order_id: number, customer_id: number, ordered_at: timestamp, status: text, amount: number } }
  customers: { key: customer_id, columns: { customer_id: number, state: text } }
joins: [orders.customer_id -> customers.customer_id]
${more}`
