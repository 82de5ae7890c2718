import { useQuery } from 'urql'
import { Link, useSearchParams } from 'wouter'
import { REGION } from '../gateway/address'
import { graphql } from '../gql'
import type { CockpitQuery } from '../gql/graphql'
import { day } from '../moments'
import { Answer } from '../parts/Answer'
import { CategoryBars } from '../parts/CategoryBars'
import { DailyChart } from '../parts/DailyChart'
import { Figures, useNumbers } from '../parts/Figures'
import { Gate } from '../parts/Gate'
import { Page } from '../parts/Page'
import { Ranking } from '../parts/Ranking'
import { Topics } from '../parts/Topics'
import { useWords } from '../words'

const PERIODS = [7, 30, 90]
const USUAL = 30

const HOME = graphql(`query Home { viewer { id official { id organization { id region { code } } } } }`)

const COCKPIT = graphql(`
  query Cockpit($regionCode: String!, $period: PeriodInput!) {
    cockpit(regionCode: $regionCode, period: $period) {
      region { code name level parent { code name } }
      studioCount
      memberCount
      officialCount
      questions {
        asked
        answered
        medianReplyMinutes
        satisfaction
        ...ByDay
        ...ByCategory
      }
      workOrders { accepted closed overdue satisfaction }
      opinionTopics(first: 10) { ...Topic }
      studioRanking(first: 10) { rank value studio { id name region { code name } } }
      memberRanking(first: 10) { rank value member { id name sector { code name } organization { id name } } }
      children { region { code name } studioCount questions { asked answered } }
    }
  }
`)

type Shown = NonNullable<CockpitQuery['cockpit']>

export function Cockpit() {
  const words = useWords()
  return <Gate title={words.cockpit} role="STAFF" forWhom={words.cockpitForWhom}><Home /></Gate>
}

function Home() {
  const [address] = useSearchParams()
  const home = useQuery({ query: HOME })
  return (
    <Answer of={home}>
      {({ viewer }) => <Place code={address.get('region') ?? viewer?.official?.organization?.region?.code ?? REGION} />}
    </Answer>
  )
}

function Place({ code }: { code: string }) {
  const words = useWords()
  const [address, setAddress] = useSearchParams()
  const length = PERIODS.find((days) => String(days) === address.get('days')) ?? USUAL
  const asked = useQuery({ query: COCKPIT, variables: { regionCode: code, period: { from: day(1 - length), to: day(0) } } })
  const region = asked[0].data?.cockpit?.region

  function choose(days: number) {
    setAddress((old) => new URLSearchParams({ ...Object.fromEntries(old), days: String(days) }))
  }

  return (
    <Page
      title={region ? `${region.name} · ${words.cockpit}` : words.cockpit}
      lead={<p>{region?.parent && <><Link href={`/cockpit?region=${region.parent.code}&days=${length}`}>{region.parent.name}</Link>{' › '}{region.name}{' — '}</>}{words.cockpitLead}</p>}
    >
      <fieldset className="chips">
        <legend>{words.period}</legend>
        {PERIODS.map((days) => (
          <label key={days}>
            <input type="radio" name="days" checked={days === length} onChange={() => choose(days)} />
            <span>{words.days(days)}</span>
          </label>
        ))}
      </fieldset>
      <Answer of={asked}>{({ cockpit }) => cockpit && <Numbers of={cockpit} days={length} />}</Answer>
    </Page>
  )
}

function Numbers({ of: cockpit, days }: { of: Shown; days: number }) {
  const words = useWords()
  const { count, share, duration } = useNumbers()
  const { questions, workOrders } = cockpit
  const waiting = questions?.asked != null && questions.answered != null ? questions.asked - questions.answered : null
  return (
    <>
      <Figures
        of={[
          { label: words.asked, value: count(questions?.asked) },
          { label: words.answered, value: count(questions?.answered) },
          { label: words.waiting, value: count(waiting) },
          { label: words.medianReply, value: duration(questions?.medianReplyMinutes) },
          { label: words.satisfaction, value: share(questions?.satisfaction) },
          { label: words.studios, value: count(cockpit.studioCount) },
          { label: words.members, value: count(cockpit.memberCount) },
          { label: words.officials, value: count(cockpit.officialCount) },
        ]}
      />
      <div className="panels">
        {questions && <DailyChart of={questions} />}
        <div className="stack">
          {questions && <CategoryBars of={questions} />}
          <section className="panel" aria-labelledby="orders">
            <h2 id="orders">{words.workOrders}</h2>
            <Figures
              of={[
                { label: words.accepted, value: count(workOrders?.accepted) },
                { label: words.closed, value: count(workOrders?.closed) },
                { label: words.overdue, value: count(workOrders?.overdue) },
                { label: words.satisfaction, value: share(workOrders?.satisfaction) },
              ]}
            />
          </section>
        </div>
        <Topics of={cockpit.opinionTopics} />
        <Ranking
          title={words.studioRanking}
          measure={words.repliesGiven}
          rows={cockpit.studioRanking?.map((row) => row && {
            rank: row.rank, value: row.value, name: row.studio?.name, note: row.studio?.region?.name,
            href: row.studio && `/studios/${row.studio.id}`,
          })}
        />
        <Ranking
          title={words.memberRanking}
          measure={words.points}
          rows={cockpit.memberRanking?.map((row) => row && {
            rank: row.rank, value: row.value, name: row.member?.name,
            note: [row.member?.sector?.name, row.member?.organization?.name].filter(Boolean).join(' · '),
          })}
        />
        {!!cockpit.children?.length && <Below places={cockpit.children} days={days} />}
      </div>
    </>
  )
}

function Below({ places, days }: { places: NonNullable<Shown['children']>; days: number }) {
  const words = useWords()
  const { count, share } = useNumbers()
  return (
    <section className="panel wide" aria-labelledby="below">
      <h2 id="below">{words.below}</h2>
      <table>
        <thead>
          <tr><th scope="col">{words.place}</th><th scope="col" className="number">{words.studios}</th><th scope="col" className="number">{words.asked}</th><th scope="col" className="number">{words.answered}</th></tr>
        </thead>
        <tbody>
          {places.map((place) => place?.region && (
            <tr key={place.region.code}>
              <th scope="row"><Link href={`/cockpit?region=${place.region.code}&days=${days}`}>{place.region.name}</Link></th>
              <td className="number">{count(place.studioCount) ?? '–'}</td>
              <td className="number">{count(place.questions?.asked) ?? '–'}</td>
              <td className="number">
                {count(place.questions?.answered) ?? '–'}
                <small>{place.questions?.asked ? share((place.questions.answered ?? 0) / place.questions.asked) : ''}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
