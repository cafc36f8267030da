import { openPostgresSandbox } from './postgres-sandbox.ts'
import { memoryCapMb } from './postgres-world.ts'
import { describeAttacks } from './spec.ts'
import { attackedTables } from './world.ts'

describeAttacks({
  dialect: 'postgres',
  open: () => openPostgresSandbox(attackedTables),
  atLeast: 350,
  memoryMb: memoryCapMb,
})
