import type { Theme } from '#src/vocabulary/chart.ts'

/**
 * How Teams sets cards, as configuration of the official renderer: sizes and spacings of its sample for Teams
 * (https://github.com/microsoft/AdaptiveCards/tree/main/samples/HostConfig), colours of the light and dark themes of today
 * (https://react.fluentui.dev/?path=/docs/theme-colors--docs).
 */
export const teamsHost = (theme: Theme): object => {
  const { text, soft, line, ...colours } = palette[theme]
  const colour = (value: string) => ({ default: value, subtle: value })
  const foregroundColors = {
    default: { default: text, subtle: soft },
    dark: colour(text),
    light: colour(soft),
    accent: colour(colours.accent),
    good: colour(colours.good),
    warning: colour(colours.warning),
    attention: colour(colours.attention),
  }
  const style = (backgroundColor: string) => ({ foregroundColors, backgroundColor, borderColor: line })
  return {
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    separator: { lineThickness: 1, lineColor: line },
    fontTypes: { default: type(sans), monospace: type(mono) },
    containerStyles: { default: style('transparent'), emphasis: style(colours.sunken) },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 140 }, value: { wrap: true }, spacing: 16 },
    table: { cellSpacing: 12 },
    textStyles: { heading: { size: 'large', weight: 'bolder' }, columnHeader: { weight: 'bolder' } },
    textBlock: { headingLevel: 2 },
  }
}

const sans = '"Segoe UI", -apple-system, Inter, "Noto Sans", system-ui, sans-serif'
const mono = 'Consolas, Menlo, "DejaVu Sans Mono", monospace'

const type = (fontFamily: string) => ({
  fontFamily,
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
})

type Palette = Record<'text' | 'soft' | 'line' | 'sunken' | 'accent' | 'good' | 'warning' | 'attention', string>

const palette: Record<Theme, Palette> = {
  light: {
    text: '#242424',
    soft: '#616161',
    line: '#e0e0e0',
    sunken: '#f5f5f5',
    accent: '#5b5fc7',
    good: '#0e700e',
    warning: '#8a3707',
    attention: '#b10e1c',
  },
  dark: {
    text: '#ffffff',
    soft: '#adadad',
    line: '#525252',
    sunken: '#1f1f1f',
    accent: '#9299f7',
    good: '#54b054',
    warning: '#faa06b',
    attention: '#e37d80',
  },
}
