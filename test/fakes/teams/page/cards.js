import { toHtml } from './markdown.js'

const { AdaptiveCard, HostConfig } = window.AdaptiveCards

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = toHtml(text)
  result.didProcess = true
}

const colours = {
  light: { ink: '#242424', quiet: '#616161', accent: '#5b5fc7', good: '#13a10e', warning: '#835c00', bad: '#b10e1c' },
  dark: { ink: '#ffffff', quiet: '#adadad', accent: '#a7abe8', good: '#92c353', warning: '#f8d22a', bad: '#f1707b' },
}

const hostConfig = theme => {
  const { ink, quiet, accent, good, warning, bad } = colours[theme]
  const pair = colour => ({ default: colour, subtle: colour === ink ? quiet : colour })
  const style = {
    backgroundColor: 'transparent',
    foregroundColors: {
      default: pair(ink),
      accent: pair(accent),
      good: pair(good),
      warning: pair(warning),
      attention: pair(bad),
      dark: pair(ink),
      light: pair(quiet),
    },
  }
  return new HostConfig({
    fontFamily: '"Segoe UI", system-ui, sans-serif',
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 12 },
    supportsInteractivity: true,
    imageSizes: { small: 32, medium: 52, large: 100 },
    actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8 },
    containerStyles: {
      default: style,
      emphasis: { ...style, backgroundColor: theme === 'dark' ? '#333333' : '#f0f0f0' },
    },
  })
}

/** A card as the official renderer draws it. `press` hears of buttons: the action, and what was typed. */
export const drawCard = (json, { theme, press }) => {
  const card = new AdaptiveCard()
  card.hostConfig = hostConfig(theme)
  card.onExecuteAction = action => {
    const type = action.getJsonTypeName()
    if (type === 'Action.OpenUrl') return window.open(action.url, '_blank', 'noopener')
    press({ type, id: action.id, verb: action.verb, title: action.title, data: action.data ?? {} })
  }
  card.parse(json)
  const drawn = document.createElement('div')
  drawn.className = 'card'
  const element = card.render()
  if (element) drawn.append(element)
  else drawn.textContent = 'This card cannot be drawn.'
  return drawn
}
