import { defineConfig } from 'vite';

export default defineConfig(({ command, mode }) => {
  return {
    define: { __MODE__: JSON.stringify(mode) },
    server: { cors: true },
  };
});
