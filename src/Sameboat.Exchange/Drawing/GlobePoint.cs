namespace Sameboat.Exchange.Drawing;

/// <summary>A point of the globe, degrees east and north; the longitude may go on past 180.</summary>
internal readonly record struct GlobePoint(double Longitude, double Latitude);

/// <summary>A point of a drawing, whole units right and down.</summary>
internal readonly record struct SheetPoint(int X, int Y);
