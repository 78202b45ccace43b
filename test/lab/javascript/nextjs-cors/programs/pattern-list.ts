import NextCors from 'nextjs-cors';

async function handler(req: any, res: any) {
  await NextCors(req, res, { origin: [/app\.example\.com$/, 'http://localhost:3000'] });
  res.json({ ok: true });
}

export default handler;
