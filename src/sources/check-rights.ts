import { buildAccess } from '../access/access.ts'
import { readHidden } from '../access/hidden.ts'
import { readRows } from '../access/row-rules.ts'
import type { WrittenRole } from '../access/schema.ts'
import { completeModel } from '../semantic/complete.ts'
import { type Report, unknown } from '../semantic/load/problem.ts'
import type { Model } from '../semantic/model.ts'
import type { DomainPlan, Settings } from './plan.ts'

/**
 * Whether roles and rooms fit the domains, and what roles say of tables, columns and KPIs fits the models that somebody wrote. A drafted
 * model is known only when its data is open; there the rules are read when they are first used.
 */
export const checkRights = (settings: Settings, domains: ReadonlyMap<string, DomainPlan>, report: Report): void => {
  buildAccess(settings, { domains: [...domains.keys()], report })
  for (const [name, role] of Object.entries(settings.roles)) {
    if (typeof role === 'string') continue
    for (const { name: domain, model } of domains.values())
      if (model) checkRole({ name, role, domain, model: completeModel(model) }, report)
  }
}

type Checking = { name: string; role: WrittenRole; domain: string; model: Model }

const checkRole = ({ name, role, domain, model }: Checking, report: Report) => {
  const at = (part: string) => ['roles', name, part, domain]
  readHidden(role.hide[domain] ?? [], model, { at: at('hide'), report })
  const rows = role.rows[domain]
  if (rows) readRows(rows, model, { at: at('rows'), report })
  for (const [i, kpi] of (role.kpis[domain] ?? []).entries())
    if (!Object.hasOwn(model.kpis, kpi)) report([...at('kpis'), i], unknown('KPI', kpi, Object.keys(model.kpis)))
}
