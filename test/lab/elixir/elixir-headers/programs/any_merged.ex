defmodule Shop.Endpoint do
  import Plug.Conn

  def init(opts), do: opts

  def call(conn, _opts) do
    conn
    |> merge_resp_headers([{"access-control-allow-origin", "*"}, {"access-control-allow-methods", "GET, PUT"}])
    |> send_resp(200, "ok")
  end
end
