import '../common/page.css';
import './studioApp';

document.body.append(document.createElement('atelier-studio'));
