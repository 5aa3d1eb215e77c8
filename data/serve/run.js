// Follows a search; the page is loaded anew when it is over.
const run = document.getElementById('run')
if (run?.dataset.events) {
  const source = new EventSource(run.dataset.events)
  const language = document.documentElement.lang
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const large = new Intl.NumberFormat(language, { notation: 'compact', minimumSignificantDigits: 5, maximumSignificantDigits: 5 })
  const show = (name, text) => {
    const place = run.querySelector(`[data-show="${name}"]`)
    place.hidden = false
    place.querySelector('[data-value]').textContent = text
  }
  source.addEventListener('progress', event => {
    const progress = JSON.parse(event.data)
    show('parts', `${whole.format(progress.solvedParts)}/${whole.format(progress.parts)}`)
    show('seconds', whole.format(progress.seconds))
    // Without a plan or a bound nothing is said of it.
    for (const name of ['incumbent', 'bound']) if (Number.isFinite(progress[name])) show(name, large.format(progress[name]))
  })
  for (const end of ['done', 'cancelled', 'failed']) {
    source.addEventListener(end, () => {
      source.close()
      // The end is told before it is written down; a moment later it is.
      setTimeout(() => location.reload(), 400)
    })
  }
}
