import { NextResponse } from 'next/server';

export function GET() {
  return NextResponse.json({ ok: true }, { headers: { 'Access-Control-Allow-Origin': 'https://app.example.com http://localhost:3000' } });
}
