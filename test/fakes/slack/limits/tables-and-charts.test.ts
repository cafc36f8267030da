import { describe } from 'vitest'
import { at, bars, cell, chart, dataTable, type Limit, pie, rich, table, testLimits, x } from './samples.ts'

describe('tables and charts', () => {
  const limits: Limit[] = [
    ['rows of a table', table(100), table(101), [`no more than 100 items allowed ${at('/rows')}`]],
    ['columns of a table', table(1, 20), table(1, 21), [`no more than 20 items allowed ${at('/rows/0')}`]],
    [
      'cells of a table',
      table(1, 1, { rows: [[rich('a')]] }),
      table(1, 1, { rows: [[cell('')]] }),
      [`must be more than 0 characters ${at('/rows/0/0/text')}`],
    ],
    [
      'alignment in a table',
      table(1, 1, { column_settings: [{ align: 'right' }] }),
      table(1, 1, { column_settings: [{ align: 'end' }] }),
      [`must be a valid enum value ${at('/column_settings/0/align')}`],
    ],
    ['rows of a data table', dataTable(201), dataTable(202), [`no more than 201 items allowed ${at('/rows')}`]],
    ['a data table with a row', dataTable(2), dataTable(1), [`must have at least 2 items ${at('/rows')}`]],
    [
      'a data table with a caption',
      dataTable(2),
      { ...dataTable(2), caption: undefined },
      [`missing required field: caption ${at('')}`],
    ],
    [
      'rows of one length',
      dataTable(2),
      { ...dataTable(2), rows: [[cell('a')], []] },
      [`must have at least 1 item ${at('/rows/1')}`, `all rows must have the same number of cells ${at('/rows')}`],
    ],
    [
      'characters in data tables',
      dataTable(2, { rows: [[cell('a')], [cell(x(19_999))]] }),
      dataTable(2, { rows: [[cell('ab')], [cell(x(19_999))]] }),
      [`must be less than 20001 characters ${at('/rows')}`],
    ],
    [
      'title of a chart',
      chart(bars(1, 1), x(50)),
      chart(bars(1, 1), x(51)),
      [`must be less than 51 characters ${at('/title')}`],
    ],
    [
      'series of a chart',
      chart(bars(12, 1)),
      chart(bars(13, 1)),
      [`no more than 12 items allowed ${at('/chart/series')}`],
    ],
    [
      'categories of a chart',
      chart(bars(1, 20)),
      chart(bars(1, 21)),
      [
        `no more than 20 items allowed ${at('/chart/series/0/data')}`,
        `no more than 20 items allowed ${at('/chart/axis_config/categories')}`,
      ],
    ],
    [
      'one point for each category',
      chart(bars(1, 2)),
      chart(bars(1, 2, { axis_config: { categories: ['C0', 'C2'] } })),
      [`must have exactly one data point for each category ${at('/chart/series/0/data')}`],
    ],
    [
      'labels of an axis',
      chart(bars(1, 1, { axis_config: { categories: ['C0'], y_label: x(50) } })),
      chart(bars(1, 1, { axis_config: { categories: ['C0'], y_label: x(51) } })),
      [`must be less than 51 characters ${at('/chart/axis_config/y_label')}`],
    ],
    ['segments of a pie', chart(pie(12)), chart(pie(13)), [`no more than 12 items allowed ${at('/chart/segments')}`]],
    ['positive segments', chart(pie(1)), chart(pie(1, 0)), [`must be greater than 0 ${at('/chart/segments/0/value')}`]],
    [
      'label of a segment',
      chart({ type: 'pie', segments: [{ label: x(20), value: 1 }] }),
      chart({ type: 'pie', segments: [{ label: x(21), value: 1 }] }),
      [`must be less than 21 characters ${at('/chart/segments/0/label')}`],
    ],
    ['kinds of chart', chart(pie(1)), chart({ type: 'scatter' }), [`unsupported type: scatter ${at('/chart/type')}`]],
  ]
  testLimits(limits)
})
