import NextCors from 'nextjs-cors';

async function handler(req: any, res: any) {
  await NextCors(req, res, { origin: undefined });
  res.json({ ok: true });
}

export default handler;
