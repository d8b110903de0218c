import { Navigate } from 'react-router-dom';
import { useIsCompany } from './is-company.ts';

/** Where people begin: those of a company at home, the office on the board. */
export function FirstPage() {
  return <Navigate to={useIsCompany() ? '/home' : '/board'} replace />;
}
