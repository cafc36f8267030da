// Draws the card that the page holds with the official renderer, which is loaded before this. Nothing here reads text as markup.
{
  const { AdaptiveCard, GlobalSettings, HostConfig } = AdaptiveCards
  const { card, host } = JSON.parse(document.getElementById('payload').textContent)
  const place = document.getElementById('card')
  // Buttons beyond six are behind "…", as in Teams, instead of nowhere.
  GlobalSettings.allowMoreThanMaxActionsInOverflowMenu = true
  // Texts come as they are to be shown; the Markdown of the card was read before.
  AdaptiveCard.onProcessMarkdown = (_text, result) => {
    result.didProcess = true
  }
  const shown = new AdaptiveCard()
  shown.hostConfig = new HostConfig(host)
  shown.onExecuteAction = () => undefined
  shown.parse(card)
  const drawn = shown.render()
  if (drawn) place.append(drawn)
  else place.textContent = 'This card could not be drawn.'

  // Without an origin of its own, only the page itself can say how tall it is.
  const tell = () => parent.postMessage({ height: document.body.getBoundingClientRect().height }, '*')
  new ResizeObserver(tell).observe(document.body)
}
