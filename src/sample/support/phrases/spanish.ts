import type { Phrases } from './shape.ts'

export const spanish: Phrases = {
  'Product catalog': {
    pool: [
      '¿Qué bomba me recomienda para {gallons} galones?',
      'bomba de velocidad variable',
      '¿Tienen limpiadores robóticos?',
      'cuánto cloro para {gallons} galones',
    ],
    landscape: ['¿Qué aspersores tienen?', 'controlador para {number} zonas', 'semilla de césped para sombra'],
  },
  'Compatible parts': {
    pool: [
      'cartucho de repuesto para {filter}',
      '¿Qué sello lleva la {pump}?',
      'ensamble del filtro DE {defilter}',
      'junta para la tapa del filtro {filter}',
    ],
    landscape: ['¿Qué boquilla va con {part}?', 'diafragma para válvula de 1 pulgada'],
  },
  'Pricing / inventory': {
    both: [
      '¿Tienen {part} en existencia?',
      'precio de {part}',
      'cuántos {part} hay en {city}',
      'necesito {number} de {part}',
    ],
  },
  'Invoice / payment': {
    both: ['copia de la factura {invoice}', '¿Cuál es mi saldo?', 'mándeme la factura {invoice} a {mail}'],
  },
  'Product manuals': { both: ['manual de {part}', 'guía de instalación'], pool: ['cómo programo la {pump}'] },
  Orders: { both: ['¿Dónde está mi pedido {order}?', 'cancelar pedido {order}', 'estado del pedido {order}'] },
  'General conversation': { both: ['hola', 'gracias', 'buenos días', 'quiero hablar con una persona'] },
  'Tutorial videos': { both: ['video de cómo limpiar el filtro', 'video para instalar riego por goteo'] },
  'Out of scope': { both: ['cuéntame un chiste', '¿qué tiempo hace en {city}?'] },
  'Nearest branch': {
    both: ['sucursal más cercana a {zip}', 'horario de la sucursal {city}', '¿a qué hora abren el sábado?'],
  },
}
