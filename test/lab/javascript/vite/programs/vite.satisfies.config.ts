import type { UserConfig } from 'vite';

export default {
  server: {
    cors: { origin: [/\.example\.com$/, 'http://localhost:3000'] },
  },
} satisfies UserConfig;
