// Moves between the cells of a grid with the keys, and takes cells pasted from a spreadsheet. The form works without.
for (const form of document.querySelectorAll('form[data-grid]')) {
  const body = form.querySelector('tbody')
  const fields = row => [...row.cells].slice(1, -1).map(cell => cell.querySelector('input'))
  const place = input => {
    const row = input.closest('tr')
    return { row, column: fields(row).indexOf(input) }
  }

  const move = (input, down) => {
    const { row, column } = place(input)
    const next = down > 0 ? row.nextElementSibling : row.previousElementSibling
    if (column < 0 || !next) return false
    fields(next)[column].focus()
    return true
  }

  // A further blank row, numbered after the last one; only the last page has any.
  const addRow = () => {
    const last = body.lastElementChild
    if (!last || !fields(last)[0]?.name.startsWith('n')) return null
    const row = last.cloneNode(true)
    for (const input of fields(row)) {
      const [number, column] = input.name.slice(1).split('.')
      input.id = input.name = `n${Number(number) + 1}.${column}`
      input.value = ''
    }
    body.append(row)
    return row
  }

  body.addEventListener('keydown', event => {
    const input = event.target
    if (!(input instanceof HTMLInputElement) || input.type === 'checkbox') return
    // Up and down belong to the list of a field that has one open; with Control they always move.
    const isFree = !input.hasAttribute('list') || event.ctrlKey
    if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault()
      if (!move(input, event.shiftKey ? -1 : 1) && !event.shiftKey && addRow()) move(input, 1)
    } else if (event.key === 'ArrowDown' && isFree) {
      if (move(input, 1)) event.preventDefault()
    } else if (event.key === 'ArrowUp' && isFree) {
      if (move(input, -1)) event.preventDefault()
    }
  })

  // Cells in quotes may hold tabs and line ends.
  const cells = text => {
    const rows = [[]]
    let cell = ''
    let quoted = false
    for (let i = 0; i < text.length; i++) {
      const letter = text[i]
      if (quoted) {
        if (letter !== '"') cell += letter
        else if (text[i + 1] === '"') { cell += '"'; i++ } else quoted = false
      } else if (letter === '"' && cell === '') quoted = true
      else if (letter === '\t') { rows.at(-1).push(cell); cell = '' }
      else if (letter === '\n') { rows.at(-1).push(cell); cell = ''; rows.push([]) }
      else if (letter !== '\r') cell += letter
    }
    rows.at(-1).push(cell)
    if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === '') rows.pop()
    return rows
  }

  body.addEventListener('paste', event => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const input = event.target
    if (!(input instanceof HTMLInputElement) || !/[\t\n]/.test(text.trimEnd() + (text.includes('\t') ? '\t' : ''))) return
    const { row, column } = place(input)
    if (column < 0) return
    event.preventDefault()
    let target = row
    for (const line of cells(text)) {
      target ??= addRow()
      if (!target) break
      const inputs = fields(target)
      line.forEach((value, offset) => { if (inputs[column + offset]) inputs[column + offset].value = value })
      target = target.nextElementSibling
    }
    changed = true
  })

  let changed = false
  form.addEventListener('input', () => { changed = true })
  form.addEventListener('submit', () => { changed = false })
  window.addEventListener('beforeunload', event => { if (changed) event.preventDefault() })
}

// A link to a cell puts the cursor there.
const go = () => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.focus()
addEventListener('hashchange', go)
if (location.hash) go()
