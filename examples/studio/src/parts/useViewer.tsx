import { useQuery } from 'urql'
import { signedIn } from '../gateway/session'
import { graphql } from '../gql'
import type { Role } from '../gql/graphql'

const WHO = graphql(`query Who { viewer { id displayName roles } }`)

const MEMBERSHIP = graphql(`query Membership { viewer { id member { id studios { id name } } } }`)

/** Asks who is signed in. */
export const useWho = () => useQuery({ query: WHO, pause: !signedIn() })

/** Who that is, and what they are to the system; null for anyone. */
export function useViewer() {
  const [{ data }] = useWho()
  const viewer = data?.viewer
  return viewer ? { name: viewer.displayName, is: (role: Role) => viewer.roles?.includes(role) ?? false } : null
}

/** A member's own studios; of anybody else it asks nothing. */
export function useMembership() {
  const member = useViewer()?.is('MEMBER')
  return useQuery({ query: MEMBERSHIP, pause: !member })
}
