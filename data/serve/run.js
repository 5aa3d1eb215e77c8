// Follows a run; the page is loaded anew when it is over.
const run = document.getElementById('run')
if (run?.dataset.events) {
  const source = new EventSource(run.dataset.events)
  const language = document.documentElement.lang
  const show = (name, text) => {
    const place = run.querySelector(`[data-show="${name}"]`)
    place.hidden = false
    place.querySelector('[data-value]').textContent = text
  }
  source.addEventListener('progress', event => {
    const progress = JSON.parse(event.data)
    const number = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
    show('parts', `${number.format(progress.solvedParts)}/${number.format(progress.parts)}`)
    show('seconds', number.format(progress.seconds))
  })
  for (const end of ['done', 'cancelled', 'failed']) {
    source.addEventListener(end, () => {
      source.close()
      // The end is told before it is written down; a moment later it is.
      setTimeout(() => location.reload(), 400)
    })
  }
}
