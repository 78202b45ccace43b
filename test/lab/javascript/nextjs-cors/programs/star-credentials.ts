import NextCors from 'nextjs-cors';

async function handler(req: any, res: any) {
  await NextCors(req, res, { origin: '*', credentials: true });
  res.json({ ok: true });
}

export default handler;
