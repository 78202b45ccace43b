defmodule Shop.Origins do
  def allowed?(_conn, origin), do: String.ends_with?(origin, ".example.com")
end

defmodule Shop.Endpoint do
  use Plug.Builder

  plug Corsica, origins: {Shop.Origins, :allowed?, []}, allow_credentials: true
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
