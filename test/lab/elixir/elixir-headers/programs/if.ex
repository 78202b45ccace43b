defmodule Shop.Endpoint do
  import Plug.Conn

  @origins ["https://app.example.com", "https://b.example.com"]

  def init(opts), do: opts

  def call(conn, _opts) do
    origin = List.first(get_req_header(conn, "origin"))
    conn = if origin in @origins, do: put_resp_header(conn, "access-control-allow-origin", origin), else: conn
    send_resp(conn, 200, "ok")
  end
end
