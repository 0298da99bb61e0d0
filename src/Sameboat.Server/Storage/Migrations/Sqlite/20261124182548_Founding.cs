using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sameboat.Server.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class Founding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "acceptance",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Plan = table.Column<string>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_acceptance", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "account",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Label = table.Column<string>(type: "TEXT", nullable: false),
                    Roles = table.Column<string>(type: "TEXT", nullable: false),
                    PasswordHash = table.Column<string>(type: "TEXT", nullable: false),
                    Authenticator = table.Column<string>(type: "TEXT", nullable: false),
                    AuthenticatorStep = table.Column<long>(type: "INTEGER", nullable: false),
                    Made = table.Column<long>(type: "INTEGER", nullable: false),
                    Closed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "account_code",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account_code", x => new { x.Account, x.Hash });
                });

            migrationBuilder.CreateTable(
                name: "account_errand",
                columns: table => new
                {
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Browser = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", nullable: false),
                    Nonce = table.Column<string>(type: "TEXT", nullable: false),
                    Verifier = table.Column<string>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: true),
                    Link = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Culture = table.Column<string>(type: "TEXT", nullable: false),
                    To = table.Column<string>(type: "TEXT", nullable: false),
                    Expires = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account_errand", x => x.State);
                });

            migrationBuilder.CreateTable(
                name: "account_identity",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Made = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account_identity", x => new { x.Member, x.Issuer, x.Subject });
                });

            migrationBuilder.CreateTable(
                name: "account_link",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Label = table.Column<string>(type: "TEXT", nullable: false),
                    Roles = table.Column<string>(type: "TEXT", nullable: false),
                    Expires = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account_link", x => x.Hash);
                });

            migrationBuilder.CreateTable(
                name: "account_passkey",
                columns: table => new
                {
                    Credential = table.Column<string>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Made = table.Column<long>(type: "INTEGER", nullable: false),
                    SignCount = table.Column<long>(type: "INTEGER", nullable: false),
                    Transports = table.Column<string>(type: "TEXT", nullable: false),
                    IsUserVerified = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsBackupEligible = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsBackedUp = table.Column<bool>(type: "INTEGER", nullable: false),
                    Attestation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClientData = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account_passkey", x => x.Credential);
                });

            migrationBuilder.CreateTable(
                name: "account_provider",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", nullable: false),
                    Client = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    HasSecret = table.Column<bool>(type: "INTEGER", nullable: false),
                    Changed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account_provider", x => x.Member);
                });

            migrationBuilder.CreateTable(
                name: "account_session",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Expires = table.Column<long>(type: "INTEGER", nullable: false),
                    Seen = table.Column<long>(type: "INTEGER", nullable: false),
                    Way = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account_session", x => x.Hash);
                });

            migrationBuilder.CreateTable(
                name: "acted",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Account = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_acted", x => new { x.Subject, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "api_token",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Label = table.Column<string>(type: "TEXT", nullable: false),
                    Roles = table.Column<string>(type: "TEXT", nullable: false),
                    Made = table.Column<long>(type: "INTEGER", nullable: false),
                    Expires = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_token", x => x.Hash);
                });

            migrationBuilder.CreateTable(
                name: "assessment",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    AsOf = table.Column<int>(type: "INTEGER", nullable: false),
                    Trend = table.Column<string>(type: "TEXT", nullable: false),
                    Reproduction = table.Column<double>(type: "REAL", nullable: true),
                    ReproductionLow = table.Column<double>(type: "REAL", nullable: true),
                    ReproductionHigh = table.Column<double>(type: "REAL", nullable: true),
                    ProbabilityAboveOne = table.Column<double>(type: "REAL", nullable: true),
                    DoublingDays = table.Column<double>(type: "REAL", nullable: true),
                    ReproductionPath = table.Column<string>(type: "TEXT", nullable: false),
                    Forecast = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_assessment", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "audience",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audience", x => new { x.Subject, x.Member });
                });

            migrationBuilder.CreateTable(
                name: "certificate",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Round = table.Column<string>(type: "TEXT", nullable: false),
                    Item = table.Column<string>(type: "TEXT", nullable: false),
                    Json = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_certificate", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "consignment",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Consignee = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Destination = table.Column<string>(type: "TEXT", nullable: false),
                    Waybill = table.Column<string>(type: "TEXT", nullable: false),
                    Expected = table.Column<int>(type: "INTEGER", nullable: true),
                    Tracking = table.Column<string>(type: "TEXT", nullable: false),
                    Promised = table.Column<int>(type: "INTEGER", nullable: true),
                    Arrived = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_consignment", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "consignment_line",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    Plan = table.Column<string>(type: "TEXT", nullable: false),
                    PlanLine = table.Column<int>(type: "INTEGER", nullable: false),
                    Item = table.Column<string>(type: "TEXT", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", nullable: false),
                    Lot = table.Column<string>(type: "TEXT", nullable: false),
                    Expires = table.Column<int>(type: "INTEGER", nullable: true),
                    Quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    Packages = table.Column<long>(type: "INTEGER", nullable: true),
                    Grams = table.Column<long>(type: "INTEGER", nullable: true),
                    Received = table.Column<long>(type: "INTEGER", nullable: false),
                    Damaged = table.Column<long>(type: "INTEGER", nullable: false),
                    Lost = table.Column<long>(type: "INTEGER", nullable: false),
                    Returned = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_consignment_line", x => new { x.Subject, x.Line });
                });

            migrationBuilder.CreateTable(
                name: "contribution",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Recipient = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Committed = table.Column<long>(type: "INTEGER", nullable: false),
                    Paid = table.Column<long>(type: "INTEGER", nullable: false),
                    Rate = table.Column<string>(type: "TEXT", nullable: false),
                    RateDay = table.Column<int>(type: "INTEGER", nullable: true),
                    FirstYear = table.Column<int>(type: "INTEGER", nullable: false),
                    LastYear = table.Column<int>(type: "INTEGER", nullable: false),
                    ByYear = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contribution", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "cosigned",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cosigned", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "coverage",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    Round = table.Column<string>(type: "TEXT", nullable: false),
                    Item = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    Need = table.Column<long>(type: "INTEGER", nullable: false),
                    Allocated = table.Column<long>(type: "INTEGER", nullable: false),
                    FairCoverage = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_coverage", x => new { x.Subject, x.Line });
                });

            migrationBuilder.CreateTable(
                name: "deployment",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Sender = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    Team = table.Column<string>(type: "TEXT", nullable: false),
                    Languages = table.Column<string>(type: "TEXT", nullable: false),
                    Skills = table.Column<string>(type: "TEXT", nullable: false),
                    People = table.Column<int>(type: "INTEGER", nullable: true),
                    Begins = table.Column<int>(type: "INTEGER", nullable: true),
                    Ends = table.Column<int>(type: "INTEGER", nullable: true),
                    Rating = table.Column<int>(type: "INTEGER", nullable: true),
                    State = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deployment", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "draft",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Path = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Values = table.Column<string>(type: "TEXT", nullable: false),
                    Saved = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_draft", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "effect",
                columns: table => new
                {
                    Entry = table.Column<Guid>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Effect = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Awaits = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_effect", x => new { x.Entry, x.Member });
                });

            migrationBuilder.CreateTable(
                name: "endorsement",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    For = table.Column<string>(type: "TEXT", nullable: false),
                    Territory = table.Column<string>(type: "TEXT", nullable: false),
                    Given = table.Column<long>(type: "INTEGER", nullable: false),
                    Withdrawn = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_endorsement", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "entry",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    AtCounter = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LeafHash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entry", x => new { x.Member, x.Position });
                });

            migrationBuilder.CreateTable(
                name: "followed_log",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", nullable: false),
                    VerifierKey = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Fault = table.Column<string>(type: "TEXT", nullable: false),
                    TakenSize = table.Column<long>(type: "INTEGER", nullable: false),
                    TakenEdge = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TakenNote = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_followed_log", x => x.Member);
                });

            migrationBuilder.CreateTable(
                name: "handover",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_handover", x => new { x.Member, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "kept_request",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kept_request", x => new { x.Member, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "key_holding",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Host = table.Column<string>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_key_holding", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "leg",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Leg = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<string>(type: "TEXT", nullable: false),
                    To = table.Column<string>(type: "TEXT", nullable: false),
                    Mode = table.Column<string>(type: "TEXT", nullable: false),
                    Carrier = table.Column<string>(type: "TEXT", nullable: false),
                    Leaves = table.Column<int>(type: "INTEGER", nullable: true),
                    Comes = table.Column<int>(type: "INTEGER", nullable: true),
                    Left = table.Column<int>(type: "INTEGER", nullable: true),
                    Came = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_leg", x => new { x.Subject, x.Leg });
                });

            migrationBuilder.CreateTable(
                name: "log",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", nullable: false),
                    VerifierKey = table.Column<string>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Edge = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Checkpoint = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log", x => x.Member);
                });

            migrationBuilder.CreateTable(
                name: "log_evidence",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Root = table.Column<string>(type: "TEXT", nullable: false),
                    VerifierKey = table.Column<string>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", nullable: false),
                    Held = table.Column<string>(type: "TEXT", nullable: false),
                    Found = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log_evidence", x => new { x.Member, x.Size, x.Root });
                });

            migrationBuilder.CreateTable(
                name: "member",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Territory = table.Column<string>(type: "TEXT", nullable: false),
                    Exercise = table.Column<bool>(type: "INTEGER", nullable: false),
                    Left = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_member", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "need_line",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    Item = table.Column<string>(type: "TEXT", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", nullable: false),
                    Quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    Basis = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_need_line", x => new { x.Subject, x.Line });
                });

            migrationBuilder.CreateTable(
                name: "news_awaited",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Position = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_news_awaited", x => new { x.Member, x.Position });
                });

            migrationBuilder.CreateTable(
                name: "news_position",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Position = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_news_position", x => x.Member);
                });

            migrationBuilder.CreateTable(
                name: "notification",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Subscription = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<string>(type: "TEXT", nullable: false),
                    Type = table.Column<string>(type: "TEXT", nullable: false),
                    Severity = table.Column<int>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    Author = table.Column<string>(type: "TEXT", nullable: false),
                    Places = table.Column<string>(type: "TEXT", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: false),
                    Made = table.Column<long>(type: "INTEGER", nullable: false),
                    Due = table.Column<long>(type: "INTEGER", nullable: false),
                    Sent = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Fault = table.Column<string>(type: "TEXT", nullable: false),
                    Acknowledged = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notification", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "offer",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Lot = table.Column<string>(type: "TEXT", nullable: false),
                    Item = table.Column<string>(type: "TEXT", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", nullable: false),
                    Quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    Pack = table.Column<long>(type: "INTEGER", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", nullable: false),
                    Available = table.Column<int>(type: "INTEGER", nullable: true),
                    Expires = table.Column<int>(type: "INTEGER", nullable: true),
                    ColdChain = table.Column<bool>(type: "INTEGER", nullable: false),
                    OnlyFor = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_offer", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "outbreak",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Pack = table.Column<string>(type: "TEXT", nullable: false),
                    Declared = table.Column<int>(type: "INTEGER", nullable: false),
                    Exercise = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbreak", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "payment",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Payment = table.Column<int>(type: "INTEGER", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Rate = table.Column<string>(type: "TEXT", nullable: false),
                    RateDay = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_payment", x => new { x.Subject, x.Payment });
                });

            migrationBuilder.CreateTable(
                name: "plan_line",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    Round = table.Column<string>(type: "TEXT", nullable: false),
                    Item = table.Column<string>(type: "TEXT", nullable: false),
                    Lot = table.Column<string>(type: "TEXT", nullable: false),
                    Donor = table.Column<string>(type: "TEXT", nullable: false),
                    Recipient = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    Quantity = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plan_line", x => new { x.Subject, x.Line });
                });

            migrationBuilder.CreateTable(
                name: "receipt_line",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    Received = table.Column<long>(type: "INTEGER", nullable: false),
                    Damaged = table.Column<long>(type: "INTEGER", nullable: false),
                    Lost = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Report = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_receipt_line", x => new { x.Subject, x.Note, x.Line });
                });

            migrationBuilder.CreateTable(
                name: "refusal",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    Item = table.Column<string>(type: "TEXT", nullable: false),
                    Category = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refusal", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "request",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Parts = table.Column<int>(type: "INTEGER", nullable: false),
                    PartsHere = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_request", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "request_line",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    Item = table.Column<string>(type: "TEXT", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", nullable: false),
                    Quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    NeededBy = table.Column<int>(type: "INTEGER", nullable: true),
                    Need = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_request_line", x => new { x.Subject, x.Line });
                });

            migrationBuilder.CreateTable(
                name: "round",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    AsOf = table.Column<int>(type: "INTEGER", nullable: false),
                    Weeks = table.Column<int>(type: "INTEGER", nullable: false),
                    Seed = table.Column<string>(type: "TEXT", nullable: false),
                    Inputs = table.Column<int>(type: "INTEGER", nullable: false),
                    AnswerBy = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_round", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "sealed_body",
                columns: table => new
                {
                    Entry = table.Column<Guid>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Body = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sealed_body", x => new { x.Entry, x.Member });
                });

            migrationBuilder.CreateTable(
                name: "situation",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreak = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    First = table.Column<int>(type: "INTEGER", nullable: false),
                    Cases = table.Column<string>(type: "TEXT", nullable: false),
                    Deaths = table.Column<string>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", nullable: false),
                    Official = table.Column<bool>(type: "INTEGER", nullable: false),
                    Preliminary = table.Column<bool>(type: "INTEGER", nullable: false),
                    CumulativeCases = table.Column<long>(type: "INTEGER", nullable: true),
                    CumulativeDeaths = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_situation", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "step",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Step = table.Column<int>(type: "INTEGER", nullable: false),
                    Verb = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_step", x => new { x.Subject, x.Step });
                });

            migrationBuilder.CreateTable(
                name: "subscription",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Places = table.Column<string>(type: "TEXT", nullable: false),
                    Outbreaks = table.Column<string>(type: "TEXT", nullable: false),
                    Types = table.Column<string>(type: "TEXT", nullable: false),
                    Severity = table.Column<int>(type: "INTEGER", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", nullable: false),
                    Target = table.Column<string>(type: "TEXT", nullable: false),
                    Secret = table.Column<string>(type: "TEXT", nullable: false),
                    Daily = table.Column<bool>(type: "INTEGER", nullable: false),
                    Culture = table.Column<string>(type: "TEXT", nullable: false),
                    Made = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_subscription", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "tile_hash",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    Index = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tile_hash", x => new { x.Member, x.Level, x.Index });
                });

            migrationBuilder.CreateTable(
                name: "witnessed",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_witnessed", x => x.Member);
                });

            migrationBuilder.CreateIndex(
                name: "IX_acceptance_Plan_Line",
                table: "acceptance",
                columns: new[] { "Plan", "Line" });

            migrationBuilder.CreateIndex(
                name: "IX_account_Member",
                table: "account",
                column: "Member");

            migrationBuilder.CreateIndex(
                name: "IX_account_Name",
                table: "account",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_account_errand_Expires",
                table: "account_errand",
                column: "Expires");

            migrationBuilder.CreateIndex(
                name: "IX_account_identity_Account",
                table: "account_identity",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_account_link_Member",
                table: "account_link",
                column: "Member");

            migrationBuilder.CreateIndex(
                name: "IX_account_passkey_Account",
                table: "account_passkey",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_account_session_Account",
                table: "account_session",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_account_session_Expires",
                table: "account_session",
                column: "Expires");

            migrationBuilder.CreateIndex(
                name: "IX_api_token_Member",
                table: "api_token",
                column: "Member");

            migrationBuilder.CreateIndex(
                name: "IX_assessment_Outbreak_Place_AsOf",
                table: "assessment",
                columns: new[] { "Outbreak", "Place", "AsOf" });

            migrationBuilder.CreateIndex(
                name: "IX_certificate_Round",
                table: "certificate",
                column: "Round");

            migrationBuilder.CreateIndex(
                name: "IX_consignment_Consignee",
                table: "consignment",
                column: "Consignee");

            migrationBuilder.CreateIndex(
                name: "IX_consignment_Member",
                table: "consignment",
                column: "Member");

            migrationBuilder.CreateIndex(
                name: "IX_consignment_Outbreak",
                table: "consignment",
                column: "Outbreak");

            migrationBuilder.CreateIndex(
                name: "IX_consignment_Tracking",
                table: "consignment",
                column: "Tracking");

            migrationBuilder.CreateIndex(
                name: "IX_consignment_line_Plan_PlanLine",
                table: "consignment_line",
                columns: new[] { "Plan", "PlanLine" });

            migrationBuilder.CreateIndex(
                name: "IX_contribution_Outbreak",
                table: "contribution",
                column: "Outbreak");

            migrationBuilder.CreateIndex(
                name: "IX_coverage_Round_Item",
                table: "coverage",
                columns: new[] { "Round", "Item" });

            migrationBuilder.CreateIndex(
                name: "IX_coverage_Round_Place",
                table: "coverage",
                columns: new[] { "Round", "Place" });

            migrationBuilder.CreateIndex(
                name: "IX_deployment_Outbreak",
                table: "deployment",
                column: "Outbreak");

            migrationBuilder.CreateIndex(
                name: "IX_draft_Account_Saved",
                table: "draft",
                columns: new[] { "Account", "Saved" });

            migrationBuilder.CreateIndex(
                name: "IX_effect_Awaits",
                table: "effect",
                column: "Awaits",
                filter: "\"Awaits\" <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_effect_Subject",
                table: "effect",
                column: "Subject");

            migrationBuilder.CreateIndex(
                name: "IX_endorsement_For",
                table: "endorsement",
                column: "For");

            migrationBuilder.CreateIndex(
                name: "IX_entry_At",
                table: "entry",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_entry_Id_Member",
                table: "entry",
                columns: new[] { "Id", "Member" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_entry_Subject",
                table: "entry",
                column: "Subject");

            migrationBuilder.CreateIndex(
                name: "IX_kept_request_At",
                table: "kept_request",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_member_Member",
                table: "member",
                column: "Member");

            migrationBuilder.CreateIndex(
                name: "IX_member_Territory",
                table: "member",
                column: "Territory");

            migrationBuilder.CreateIndex(
                name: "IX_need_line_Outbreak_Place",
                table: "need_line",
                columns: new[] { "Outbreak", "Place" });

            migrationBuilder.CreateIndex(
                name: "IX_notification_Account_Made",
                table: "notification",
                columns: new[] { "Account", "Made" });

            migrationBuilder.CreateIndex(
                name: "IX_notification_Sent_Due",
                table: "notification",
                columns: new[] { "Sent", "Due" });

            migrationBuilder.CreateIndex(
                name: "IX_notification_Subscription",
                table: "notification",
                column: "Subscription");

            migrationBuilder.CreateIndex(
                name: "IX_offer_Outbreak",
                table: "offer",
                column: "Outbreak");

            migrationBuilder.CreateIndex(
                name: "IX_plan_line_Round_Item",
                table: "plan_line",
                columns: new[] { "Round", "Item" });

            migrationBuilder.CreateIndex(
                name: "IX_plan_line_Round_Place",
                table: "plan_line",
                columns: new[] { "Round", "Place" });

            migrationBuilder.CreateIndex(
                name: "IX_refusal_Place",
                table: "refusal",
                column: "Place");

            migrationBuilder.CreateIndex(
                name: "IX_request_Outbreak",
                table: "request",
                column: "Outbreak");

            migrationBuilder.CreateIndex(
                name: "IX_request_line_Outbreak_Place_Item",
                table: "request_line",
                columns: new[] { "Outbreak", "Place", "Item" });

            migrationBuilder.CreateIndex(
                name: "IX_situation_Member_Subject",
                table: "situation",
                columns: new[] { "Member", "Subject" });

            migrationBuilder.CreateIndex(
                name: "IX_situation_Outbreak_Place_First",
                table: "situation",
                columns: new[] { "Outbreak", "Place", "First" });

            migrationBuilder.CreateIndex(
                name: "IX_situation_Source_Subject",
                table: "situation",
                columns: new[] { "Source", "Subject" });

            migrationBuilder.CreateIndex(
                name: "IX_subscription_Account",
                table: "subscription",
                column: "Account");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "acceptance");

            migrationBuilder.DropTable(
                name: "account");

            migrationBuilder.DropTable(
                name: "account_code");

            migrationBuilder.DropTable(
                name: "account_errand");

            migrationBuilder.DropTable(
                name: "account_identity");

            migrationBuilder.DropTable(
                name: "account_link");

            migrationBuilder.DropTable(
                name: "account_passkey");

            migrationBuilder.DropTable(
                name: "account_provider");

            migrationBuilder.DropTable(
                name: "account_session");

            migrationBuilder.DropTable(
                name: "acted");

            migrationBuilder.DropTable(
                name: "api_token");

            migrationBuilder.DropTable(
                name: "assessment");

            migrationBuilder.DropTable(
                name: "audience");

            migrationBuilder.DropTable(
                name: "certificate");

            migrationBuilder.DropTable(
                name: "consignment");

            migrationBuilder.DropTable(
                name: "consignment_line");

            migrationBuilder.DropTable(
                name: "contribution");

            migrationBuilder.DropTable(
                name: "cosigned");

            migrationBuilder.DropTable(
                name: "coverage");

            migrationBuilder.DropTable(
                name: "deployment");

            migrationBuilder.DropTable(
                name: "draft");

            migrationBuilder.DropTable(
                name: "effect");

            migrationBuilder.DropTable(
                name: "endorsement");

            migrationBuilder.DropTable(
                name: "entry");

            migrationBuilder.DropTable(
                name: "followed_log");

            migrationBuilder.DropTable(
                name: "handover");

            migrationBuilder.DropTable(
                name: "kept_request");

            migrationBuilder.DropTable(
                name: "key_holding");

            migrationBuilder.DropTable(
                name: "leg");

            migrationBuilder.DropTable(
                name: "log");

            migrationBuilder.DropTable(
                name: "log_evidence");

            migrationBuilder.DropTable(
                name: "member");

            migrationBuilder.DropTable(
                name: "need_line");

            migrationBuilder.DropTable(
                name: "news_awaited");

            migrationBuilder.DropTable(
                name: "news_position");

            migrationBuilder.DropTable(
                name: "notification");

            migrationBuilder.DropTable(
                name: "offer");

            migrationBuilder.DropTable(
                name: "outbreak");

            migrationBuilder.DropTable(
                name: "payment");

            migrationBuilder.DropTable(
                name: "plan_line");

            migrationBuilder.DropTable(
                name: "receipt_line");

            migrationBuilder.DropTable(
                name: "refusal");

            migrationBuilder.DropTable(
                name: "request");

            migrationBuilder.DropTable(
                name: "request_line");

            migrationBuilder.DropTable(
                name: "round");

            migrationBuilder.DropTable(
                name: "sealed_body");

            migrationBuilder.DropTable(
                name: "situation");

            migrationBuilder.DropTable(
                name: "step");

            migrationBuilder.DropTable(
                name: "subscription");

            migrationBuilder.DropTable(
                name: "tile_hash");

            migrationBuilder.DropTable(
                name: "witnessed");
        }
    }
}
