import type { Random } from '../random.ts'
import type { Category } from './categories.ts'
import type { Language } from './phrases/phrases.ts'

/** What the bot says; long texts are not the point of the sample. */
export const answerTo = (category: Category, language: Language, random: Random): string =>
  language === 'en' ? random.pick(english[category]) : random.pick(others[language])

/** Why somebody was not content. */
export const complaints = [
  'wrong part number',
  'did not answer my question',
  'too slow',
  'price is outdated',
  'link does not work',
  'Antwort auf Englisch',
  'no es lo que pregunté',
]

export const praises = ['fast', 'exactly what I needed', 'found the part', 'super']

/** What is written down when an answer fails. */
export const failures = [
  'TimeoutError: orchestrator gave no answer within 30 s',
  'ToolError: inventory service answered 503',
  'ModelError: empty completion',
  'SearchError: no documents',
]

const english: Record<Category, readonly string[]> = {
  'Product catalog': ['These three products fit what you describe.', 'Here is what we carry in that range.'],
  'Compatible parts': ['This part fits your model.', 'I found two parts that fit; check the year of manufacture.'],
  'Pricing / inventory': ['It is in stock at your branch.', 'It is out of stock here; the next branch has it.'],
  'Invoice / payment': ['I have sent it to the address on file.', 'Your account shows one open invoice.'],
  'Product manuals': ['Here is the manual as a PDF.', 'Page 12 of the manual shows it.'],
  Orders: ['Your order is on its way.', 'The order is being picked and ships tomorrow.'],
  'General conversation': ['How can I help you?', 'You are welcome.'],
  'Tutorial videos': ['This video shows it step by step.'],
  'Out of scope': ['I can only help with our products and your orders.'],
  'Nearest branch': ['The nearest branch opens at 7 am.', 'That branch is open until 5 pm.'],
}

const others: Record<'de' | 'es', readonly string[]> = {
  de: ['Hier ist, was ich gefunden habe.', 'Das ist auf Lager.', 'Gern geschehen.'],
  es: ['Esto es lo que encontré.', 'Está en existencia.', 'De nada.'],
}
