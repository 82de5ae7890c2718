import { useEffect, useRef, useState } from 'react'
import { graphql, read, type FragmentType } from '../gql'
import { weekday } from '../moments'
import { useLanguage, useWords } from '../words'

const BY_DAY = graphql(`fragment ByDay on QuestionNumbers { daily { date asked answered } }`)

const [HEIGHT, LEFT, BOTTOM, TOP] = [220, 28, 22, 8]
const [DATE_WIDTH, NARROWEST] = [100, 200]

/** A column for each day: what is answered by now below, what still waits above. */
export function DailyChart({ of }: { of: FragmentType<typeof BY_DAY> }) {
  const words = useWords()
  const language = useLanguage()
  const [looked, look] = useState<number | null>(null)
  const [width, box] = useWidth()
  const days = (read(BY_DAY, of).daily ?? []).flatMap((row) =>
    row?.date ? [{ date: row.date, asked: row.asked ?? 0, answered: row.answered ?? 0 }] : [])
  const told = (at: string) => weekday(`${at}T12:00:00+08:00`, language)
  const steps = ticks(Math.max(1, ...days.map(({ asked }) => asked)))
  const top = steps.at(-1) ?? 1
  const step = (width - LEFT) / Math.max(1, days.length)
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
  const every = Math.ceil((days.length * DATE_WIDTH) / width)
  const shown = looked === null ? null : days[looked]

  return (
    <section className="panel wide" aria-labelledby="daily">
      <h2 id="daily">{words.questionsByDay}</h2>
      <p className="key">
        <span className="swatch answered" /> {words.answered} <span className="swatch waiting" /> {words.waiting}
        <output>{shown && `${told(shown.date)} · ${words.asked} ${shown.asked} · ${words.answered} ${shown.answered}`}</output>
      </p>
      <div ref={box} />
      <svg className="chart" width={width} height={HEIGHT} aria-hidden="true" onPointerLeave={() => look(null)}>
        {steps.map((value) => (
          <g key={value}>
            <line className="grid" x1={LEFT} x2={width} y1={y(value)} y2={y(value)} />
            <text className="tick" x={LEFT - 6} y={y(value) + 4} textAnchor="end">{value}</text>
          </g>
        ))}
        {days.map(({ date, asked, answered }, index) => {
          const x = LEFT + index * step
          const gap = Math.min(4, step * 0.2)
          return (
            <g key={date} className={index === looked ? 'looked' : undefined} onPointerEnter={() => look(index)}>
              <rect className="touch" x={x} y={0} width={step} height={HEIGHT} />
              <rect className="bar waiting" x={x + gap / 2} y={y(asked)} width={step - gap} height={y(answered) - y(asked)} />
              <rect className="bar answered" x={x + gap / 2} y={y(answered)} width={step - gap} height={y(0) - y(answered)} />
              {index % every === 0 && <text className="tick" x={x} y={HEIGHT - 5}>{date.slice(5).replace('-', '/')}</text>}
            </g>
          )
        })}
      </svg>
      <details>
        <summary>{words.asTable}</summary>
        <table>
          <thead><tr><th scope="col">{words.day}</th><th scope="col" className="number">{words.asked}</th><th scope="col" className="number">{words.answered}</th></tr></thead>
          <tbody>
            {days.map(({ date, asked, answered }) => (
              <tr key={date}><th scope="row">{told(date)}</th><td className="number">{asked}</td><td className="number">{answered}</td></tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

/** How wide an element is, now and when it changes: texts in a drawing keep their size so. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(NARROWEST)
  useEffect(() => {
    if (!box.current) return
    const observer = new ResizeObserver(([seen]) => seen && setWidth(Math.max(NARROWEST, Math.floor(seen.contentRect.width))))
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  return [width, box] as const
}

/** Round numbers from 0 to no less than the greatest, at most six. */
function ticks(greatest: number) {
  const rough = greatest / 4
  const unit = 10 ** Math.floor(Math.log10(rough))
  const size = Math.max(1, [1, 2, 5, 10].map((times) => times * unit).find((one) => one >= rough) ?? 1)
  return Array.from({ length: Math.ceil(greatest / size) + 1 }, (_, index) => index * size)
}
