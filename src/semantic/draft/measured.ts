import type { Role } from './roles.ts'

/** Roles whose numbers are measured; as dimensions they are hidden, and only compared with ("over 500"). */
const measured = new Set<Role>([
  'money',
  'pay',
  'price',
  'quantity',
  'level',
  'rate',
  'score',
  'age',
  'temperature',
  'size',
  'duration',
  'distance',
  'rain',
  'tally',
  'unknown',
])

export const isMeasured = (role: Role): boolean => measured.has(role)
