defmodule Shop.Endpoint do
  import Plug.Conn

  def init(opts), do: opts

  def call(conn, _opts) do
    conn = put_resp_header(conn, "access-control-allow-origin", "https://app.example.com")
    send_resp(conn, 200, "ok")
  end
end
