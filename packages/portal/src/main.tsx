import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import './page.css';
import { startText } from './text/start-text.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id root.');
await startText();
createRoot(root).render(<App />);
