defmodule Shop.Endpoint do
  use Plug.Builder

  plug CORSPlug, origin: ~r/^https:\/\/[a-z]+\.example\.com$/
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
