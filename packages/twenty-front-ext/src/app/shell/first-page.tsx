import { Navigate } from 'react-router-dom';
import { usePlaces } from './use-places.ts';

/**
 * Where people begin: with the first page that their role shows, which is the home page of a company and the board of the
 * office as we ship it. Who may see nothing is told so by the board.
 */
export function FirstPage() {
  const [first] = usePlaces();
  return (
    <Navigate to={first === undefined || first.to === '/settings' ? '/board' : first.to} replace />
  );
}
